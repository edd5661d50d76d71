"""A lighter SVG is the same drawing: outlines by steps come back to the points they had, on a stated grid."""

import re

import pytest

from spacesec.drawing import svg

# A glyph as Matplotlib writes it, two contours, one with a curve; units of a sixty-fourth of a hundredth em.
GLYPH = "M 256 0 \nL 256 314 \nQ 717 774 1075 1145 \nQ 1434 1517 1677 1833 \nz\nM 1022 346 \nL 2 1 \nz\n"


def points(path: str) -> list[tuple[float, float]]:
    """The end points of a path's commands, by the rules of SVG 1.1, section 8.3."""
    found, at, start = [], (0.0, 0.0), (0.0, 0.0)
    for letter, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", text)]
        pairs = list(zip(numbers[::2], numbers[1::2]))
        for place, pair in enumerate(pairs):
            point = (at[0] + pair[0], at[1] + pair[1]) if letter.islower() else pair
            if letter.upper() != "Q" or place % 2:
                at = point
            found.append(point)
        if letter.upper() == "M":
            start = at
        at = start if letter.upper() == "Z" else at
    return found


def test_a_glyph_keeps_its_outline_to_an_eight_hundredth_of_an_em():
    [made] = re.findall(r' d="([^"]*)" transform="scale\(0\.0625\)"', svg.lighter(
        f'<path id="R1" d="{GLYPH}" transform="scale(0.015625)"/>'
    ))  # fmt: skip
    old, new = points(GLYPH), points(made)
    assert len(old) == len(new) > 0
    for (x, y), (u, v) in zip(old, new):
        assert (4 * u, 4 * v) == pytest.approx((x, y), abs=2)  # half a step of the grid of four
    assert len(made) < 0.8 * len(GLYPH)


def test_a_marker_keeps_its_hundredths_and_a_mark_its_places():
    made = svg.lighter(
        '<path id="m1" d="M 0 0 \nL 0 3.504 \n"/><path d="M 48.1234 318.1 \nL 715.68 9 \nz\n"/>'
    )
    marker, mark = re.findall(r' d="([^"]*)"', made)
    assert points(marker) == [(0.0, 0.0), (0.0, 3.5)]
    assert mark == "M48.12 318.1L715.68 9z"


def test_each_id_stands_once():
    made = svg.numbered('<g id="row-1"/><g id="row-1"/><g id="row-2"/><g id="row-1"/>')
    assert re.findall(r'id="([^"]*)"', made) == ["row-1", "row-1.1", "row-2", "row-1.2"]


def test_for_a_phone_a_glyph_keeps_a_four_hundredth_of_an_em_and_a_path_a_tenth():
    [glyph] = re.findall(r' d="([^"]*)" transform="scale\(0\.5\)"', svg.lighter(
        f'<path id="R1" d="{GLYPH}" transform="scale(0.015625)"/>', coarse=True
    ))  # fmt: skip
    for (x, y), (u, v) in zip(points(GLYPH), points(glyph), strict=True):
        assert (32 * u, 32 * v) == pytest.approx((x, y), abs=16)  # half a step of the grid of thirty-two
    [mark] = re.findall(
        r' d="([^"]*)"', svg.lighter('<path d="M 48.1234 318.1 \nL 715.68 9 \nz\n"/>', coarse=True)
    )
    assert [part for point in points(mark) for part in point] == pytest.approx([48.1, 318.1, 715.7, 9.0])
