"""A drawing is taken from the last run only where it is the same drawing, and never where everything is to be
made anew.
"""

import io
import os
import subprocess
import sys
import zipfile

import pytest

from spacesec.drawing import figures, kept
from spacesec.drawing.figures import GREY_TEXT
from tests.conftest import QUESTION, ROOT
from tests.test_figures import picture

SAID = {"Title": "a title"}
OTHERWHERE = (
    "from spacesec.drawing import kept; from tests.test_kept import drawn; print(kept.digest(drawn(), {}))"
)


def drawn():
    """A figure with one artist of every kind that the questions draw with."""
    from matplotlib.patches import FancyArrowPatch, Rectangle

    with figures._style():
        figure, (left, right) = figures.canvas(columns=2)
        left.plot([1, 2, 4], [3, 1, 2], marker="o", label="a line")
        left.scatter([1, 2], [2, 2], color=GREY_TEXT)
        left.bar([1, 2], [1, 2], hatch="//")
        left.fill_between([1, 2], [0, 0], [1, 1])
        left.annotate("a word", (1, 1), xytext=(2, 2), arrowprops={"arrowstyle": "-"})
        left.legend()
        right.imshow([[1, 2], [3, 4]])
        right.add_patch(Rectangle((0, 0), 1, 1))
        right.add_patch(FancyArrowPatch((0, 0), (1, 1)))
        right.set(title="a panel", xlabel="an axis")
    return figure


def parts() -> list[str]:
    return [type(artist).__name__ for artist in drawn().findobj()]


def test_the_second_time_nothing_is_drawn(tmp_path, monkeypatch):
    first = figures.publish(picture(), "theme/question", {}, tmp_path)
    monkeypatch.setattr(figures, "_files", lambda *_: pytest.fail("it was drawn again"))
    second = figures.publish(picture(), "theme/question", {}, tmp_path)
    monkeypatch.undo()
    anew = figures.publish(picture(), "theme/question", {})
    assert first.files == second.files == anew.files and first.inline == second.inline == anew.inline


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_knows_the_drawing_again(seed):
    said = subprocess.run(
        [sys.executable, "-c", OTHERWHERE],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == kept.digest(drawn(), {})


def test_every_artist_counts():
    same = kept.digest(drawn(), {})
    for number, name in enumerate(parts()):
        figure = drawn()
        artist = figure.findobj()[number]
        artist.set_alpha(0.321)
        assert kept.digest(figure, {}) != same, name


@pytest.mark.parametrize(
    "change",
    [
        lambda figure: figure.axes[0].lines[0].set_ydata([3, 1, 2.0000001]),
        lambda figure: figure.axes[0].texts[0].set_text("another word"),
        lambda figure: figure.axes[0].texts[0].set_fontfamily("DejaVu Sans"),
        lambda figure: figure.axes[0].set_xlim(0, 4.5),
        lambda figure: figure.axes[0].set_yscale("log"),
        lambda figure: figure.axes[0].xaxis.set_major_formatter("{x:.1f}"),
        lambda figure: figure.axes[0].lines[0].set_gid("row-3"),
        lambda figure: figure.axes[1].images[0].set_data([[1, 2], [3, 5]]),
        lambda figure: figure.axes[1].images[0].set_cmap("magma"),
        lambda figure: figure.set_size_inches(10, 6),
        lambda figure: figure.get_layout_engine().set(w_pad=0.2),
        lambda figure: figure.axes[1].patches[0].set_zorder(9),
    ],
)
def test_another_drawing_is_known_as_another(change):
    figure = drawn()
    change(figure)
    assert kept.digest(figure, {}) != kept.digest(drawn(), {})


def test_settings_words_fonts_code_and_versions_count(monkeypatch):
    import matplotlib

    same = kept.digest(drawn(), SAID)
    assert kept.digest(drawn(), {"Title": "another"}) != same
    with matplotlib.rc_context({"svg.hashsalt": "another"}):
        assert kept.digest(drawn(), SAID) != same
    told = kept._surroundings()
    for name in ("SourceSansPro-Regular.ttf", "NotoSansJP-Regular.ttf", "png.py", "svg.py", "matplotlib 3."):
        assert name in told
    monkeypatch.setattr(kept, "_surroundings", lambda: told.replace("matplotlib 3.", "matplotlib 4."))
    assert kept.digest(drawn(), SAID) != same


def test_what_nobody_can_tell_is_drawn_every_time(tmp_path):
    figure = drawn()
    figure.axes[0].xaxis.set_major_formatter(lambda value, _: f"{value}")
    assert kept.digest(figure, {}) is None
    figure = drawn()
    figure.axes[0].xaxis.set_major_formatter(parts)  # a function that has a name, of a module that may change
    assert kept.digest(figure, {}) is None
    assert kept.made(figure, {}, tmp_path / "one", lambda: (b"1", b"2", b"3")) == (b"1", b"2", b"3")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"a picture", b"a pictuer"),
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
    ],
)
def test_a_spoiled_one_is_drawn_anew(tmp_path, spoil):
    place = tmp_path / "one"
    files = b"a picture", b"a small one", b"a drawing"
    assert kept.made(drawn(), SAID, place, lambda: files) == files
    assert kept.made(drawn(), SAID, place, lambda: pytest.fail("it was there")) == files
    place.write_bytes(spoil(place.read_bytes()))
    assert kept.made(drawn(), SAID, place, lambda: (b"1", b"2", b"3")) == (b"1", b"2", b"3")


def test_no_room_to_keep_it_stops_no_run(tmp_path):
    (tmp_path / "file").write_text("no folder")
    assert kept.made(drawn(), SAID, tmp_path / "file" / "one", lambda: (b"1", b"2", b"3")) == (
        b"1",
        b"2",
        b"3",
    )


def test_what_makes_everything_anew_takes_nothing_kept(collection):
    """A kept picture is exchanged for another: only a default run in warm kernels may show it."""
    assert collection.spacesec("run", "--force").returncode == 0
    good = (collection.figures / "series.png").read_bytes()
    place = collection.root / "build" / "drawn" / "en" / QUESTION / "series"
    with zipfile.ZipFile(place) as archive:
        held, drawing = {name: archive.read(name) for name in archive.namelist()}, archive.comment
    assert held["png"] == good
    strange = io.BytesIO()
    with zipfile.ZipFile(strange, "w") as archive:
        archive.comment = drawing
        for name, content in {**held, "png": good + b"kept"}.items():
            archive.writestr(name, content)
    place.write_bytes(strange.getvalue())

    said = collection.spacesec("verify", "--rerun")
    assert said.returncode == 0, said.stdout + said.stderr
    ordinary = collection.root / "ordinary"
    collection.spacesec("run", QUESTION, "--kernel", "ordinary", "--output-dir", str(ordinary))
    assert (ordinary / "series.png").read_bytes() == good
    assert collection.spacesec("run", "--force").returncode == 0
    assert (collection.figures / "series.png").read_bytes() == good + b"kept"
    said = collection.spacesec("verify", "--rerun")
    assert said.returncode == 1 and "series.png is not what a run gives" in said.stdout + said.stderr
