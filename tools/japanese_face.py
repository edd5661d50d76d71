"""Make the Japanese faces that figures are drawn with: whole faces cut down to the signs that texts need.

    python tools/japanese_face.py REGULAR.ttf SEMIBOLD.ttf

Kept are the signs of JIS X 0208 (rows 1 to 8: kana, punctuation, units) and every other sign that catalogues
and tables hold; in the regular face also the kanji of the first level (2,965). Layout tables are dropped, for
figures use none. The whole faces are those of the npm package @expo-google-fonts/noto-sans-jp, weights 400
and 600.
"""

import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parents[1]
FACES = ROOT / "lib/spacesec/assets/fonts/ja"
TEXTS = ("lib/spacesec/words/locale/**/*.po", "data/**/*.csv", "data/sources.json")
FIRST_LEVEL = range(16, 48)  # rows
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]


def signs(kanji: range) -> set[str]:
    """Those of the rows, and all that is written."""
    rows = (*range(1, 9), *kanji)
    cells = [bytes((0xA0 + row, 0xA0 + cell)) for row in rows for cell in range(1, 95)]
    known = "～" + "".join(cell.decode("euc_jp", "ignore") for cell in cells)
    written = "".join(path.read_text("utf-8") for pattern in TEXTS for path in sorted(ROOT.glob(pattern)))
    return {sign for sign in known + written if ord(sign) > 126}


def cut(whole: str, made: Path, kanji: range) -> None:
    options = subset.Options(hinting=False, layout_features=[], name_IDs=NAMES)
    font = subset.load_font(whole, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(sign) for sign in signs(kanji)])
    cutter.subset(font)
    subset.save_font(font, made, options)


if __name__ == "__main__":
    cut(sys.argv[1], FACES / "NotoSansJP-Regular.ttf", FIRST_LEVEL)
    cut(sys.argv[2], FACES / "NotoSansJP-SemiBold.ttf", range(0))
