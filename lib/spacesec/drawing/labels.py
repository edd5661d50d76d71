"""The words inside a figure in the language in force, and where their lines may break."""

import bisect
import functools
import re
from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING

from spacesec.drawing import amounts
from spacesec.words import language

if TYPE_CHECKING:
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

# The face of each language; the second has the signs that the first lacks.
FACES = {"en": ["Source Sans Pro"], "ja": ["Source Sans Pro", "Noto Sans JP"]}

# Names whose letters may stand one below the other; a long vowel or a bracket would have to be turned.
UPRIGHT = re.compile("[ぁ-ゖァ-ヺ㐀-鿿々]+")

# What no line may begin or end with, after JIS X 4051.
NO_BEGINNING = " 、。，．・：；？！）」』】〕］｝〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ％〜～々"
NO_END = "（「『【〔［｛〈《"
# Nor is it cut here: within a number or a Latin word, between a number and what counts it (6か所, ほか2件),
# between two kanji (台湾).
CUT = re.compile(r"([ -~]{2}|\d.|か\d|\dか.|[\u4e00-\u9fff]{2})$")


def translate(figure: "Figure", domain: str) -> None:
    """Put every text of a figure, and what its axes will write at their ticks, into the language in force."""
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    if language.in_force() == language.ENGLISH:
        return
    for axis, unit in amounts.counted(figure).items():  # by the English names of the axes
        _pass_ticks(axis, functools.partial(amounts.short, unit=unit))
    for text in figure.findobj(Text):
        text.set_text(language.text(text.get_text(), domain))
    for axes in figure.findobj(Axes):
        for axis in (axes.xaxis, axes.yaxis):
            _translate_ticks(axis, domain)


def _translate_ticks(axis: "Axis", domain: str) -> None:
    """Ticks get their words from a formatter each time they are drawn: let what it gives pass here."""
    _pass_ticks(axis, lambda words: language.text(words, domain))
    names = [name for name in axis.get_ticklabels() if name.get_rotation() == 90 and name.get_text()]
    # Names that lie on their side in English are written downward.
    if names and all(UPRIGHT.fullmatch(name.get_text()) for name in names):
        _pass_ticks(axis, "\n".join)
        for name in names:
            name.set(rotation=0, linespacing=1.05)


def _pass_ticks(axis: "Axis", change: Callable[[str], str]) -> None:
    for formatter in (axis.get_major_formatter(), axis.get_minor_formatter()):
        give = formatter.format_ticks
        formatter.format_ticks = lambda values, give=give: [change(str(one)) for one in give(values)]


def pieces(text: str) -> list[str]:
    """A text in the pieces between which a line may break: at spaces, in Japanese also between phrases.

    A space that is not to be broken stays within its piece. Together the pieces are the text and a space.
    """
    words = [f"{word} " for word in text.split(" ")] if text else []
    if language.in_force() == language.ENGLISH:
        return words
    return [phrase for word in words for phrase in _phrases(word)]


def lines(text: str, wide: Callable[[str], float], room: float) -> list[str]:
    """Lines no wider than ``room``, each as full as it can be; a piece too wide for one has a line alone.

    wide: how wide a line is, in the unit of ``room``.
    """
    left, found = pieces(text), []

    def line(count: int) -> str:
        return "".join(left[:count]).removesuffix(" ")

    letter = 0.0  # how wide one is, as measured last
    while left:
        # Measuring is slow, and a line of more words is wider: look first where the letters would fill the
        # room, then beside it, until the next word is too much.
        ends = list(accumulate(map(len, left)))
        fits, over = 1, len(left) + 1
        while over - fits > 1:
            near = bisect.bisect(ends, room / letter) if letter else len(left) // 2
            count = min(max(near, fits + 1), over - 1)
            width = wide(line(count))
            letter = width / ends[count - 1]
            fits, over = (count, over) if width <= room else (fits, count)
        found.append(line(fits))
        left = left[fits:]
    return found


def _phrases(word: str) -> list[str]:
    """The phrases of a text without spaces inside; what may begin or end no line is one with its
    neighbour.
    """
    found: list[str] = []
    for phrase in _parser().parse(word):
        if found and (
            phrase[0] in NO_BEGINNING or found[-1][-1] in NO_END or CUT.search(found[-1][-2:] + phrase[0])
        ):
            found[-1] += phrase
        else:
            found.append(phrase)
    return found


@functools.cache
def _parser():
    import budoux

    return budoux.load_default_japanese_parser()
