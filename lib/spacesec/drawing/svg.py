"""Matplotlib's SVG made lighter, the same drawing in half the bytes, and with every id once."""

import functools
import re
from collections import Counter

HUNDREDTHS = 100  # of a point
GLYPH_UNITS = (
    4  # of the font's 6,400 to the em: a glyph's outline keeps 1,600, a two-hundredth of a point at 8 pt
)
COARSE_UNITS = 32  # a glyph keeps 200 to the em: the eighteenth of a pixel at 11 pixels


def lighter(text: str, coarse: bool = False) -> str:
    """Paths to a hundredth of a point in SVG's short forms, no indentation, short names for glyphs.

    coarse: to a tenth of a point, for what is shown on a phone.
    """
    units, places = (COARSE_UNITS, 1) if coarse else (GLYPH_UNITS, 2)
    grid = 10**places
    text = re.sub(
        r'(<path id="[^"]*" d=)"([^"]*)" transform="scale\(0\.015625\)"',
        lambda found: f'{found[1]}"{_by_steps(found[2], 1 / units)}" transform="scale({units / 64:g})"',
        text,
    )
    text = re.sub(
        r'(<path id="[^"]*" d=)"(M[^"]*)"',
        lambda found: f'{found[1]}"{_by_steps(found[2], grid, grid)}"',
        text,
    )
    if coarse:
        text = re.sub(r'(?<=<path d=")M[^"]*', lambda found: _by_steps(found.group(), grid, grid), text)
    text = re.sub(r'(?<=\sd=")M[^"]*', lambda found: _absolute(found.group(), places), text)
    text = re.sub(
        r' transform="translate\((-?[\d.]+) 0\)"',
        lambda found: f' x="{_short(float(found[1]), places)}"',
        text,
    )
    if coarse:
        text = re.sub(r'(?<= [xy]=")-?\d+\.\d+', lambda found: _short(float(found.group()), places), text)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"SourceSansPro-(\w)\w+-", r"\1", text)
    return re.sub(r"\n\s*", "\n", text)


def bare(text: str) -> str:
    """The drawing alone: no declaration, no title, no metadata."""
    return re.sub(
        r"<metadata>.*?</metadata>\n?|<title>.*?</title>\n?", "", text[text.index("<svg") :], flags=re.DOTALL
    )


def numbered(text: str) -> str:
    """Every id once: the second element that draws a line of the data is ``row-<line>.1``, the third
    ``.2`` …
    """
    met: Counter[str] = Counter()

    def once(found: re.Match) -> str:
        met[found[1]] += 1
        return f'id="{found[1]}.{met[found[1]] - 1}"' if met[found[1]] > 1 else found.group()

    return re.sub(r'\bid="(row-\d+)"', once, text)


def _short(number: float, places: int = 2) -> str:
    return f"{number:.{places}f}".rstrip("0").rstrip(".")


def _absolute(path: str, places: int) -> str:
    rounded = re.sub(r"-?\d+\.\d+", lambda number: _short(float(number.group()), places), path)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", rounded)


@functools.lru_cache(maxsize=4096)  # the glyphs of a question's figures are the same
def _by_steps(path: str, grid: float, unit: int = 1) -> str:
    """The same outline, on a grid of so many lines to a unit, in relative commands (SVG 1.1, section 8.3)
    whose letter is not repeated. Steps are differences of whole numbers, so that no rounding adds up.
    """
    at = start = (0, 0)
    written, last = "", ""
    for letter, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        points = [round(float(number) * grid) for number in numbers.split()]
        pairs = list(zip(points[::2], points[1::2]))
        steps = [step for x, y in pairs for step in (x - at[0], y - at[1])]
        at = pairs[-1] if pairs else start
        start = at if letter == "M" else start
        if letter == "L" and not any(steps):  # a step of nothing
            continue
        named = letter.lower()
        written += " " if named == last and named in "lq" else named
        written += " ".join(_short(step / unit) for step in steps)
        last = named
    return written.replace(" -", "-")
