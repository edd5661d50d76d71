"""The Japanese face of the pages: cut from that of the figures into parts, of which a browser fetches those
that a page needs, and only where the reader's machine has no Japanese face of its own.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator

from spacesec.collection.questions import LIBRARY

FACE = LIBRARY / "assets" / "fonts" / "ja" / "NotoSansJP-Regular.ttf"
NAME = "Collection Japanese"
FOLDER = "static/vendor/fonts"
PART = 400  # signs of a part after the first
# Kana, kanji, their punctuation and the full-width forms; all else is in the faces that English pages have.
SIGN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def parts(first: str, pages: list[str]) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the parts' files, then of the style that names them, ``first`` being the text of the
    page that is to be light: all its signs are in the first part; the others follow by the number of pages
    that hold them.
    """
    with _font() as font:
        known = set(map(chr, font.getBestCmap()))
    held = Counter(sign for page in pages for sign in set(SIGN.findall(page)) & known)
    begun = sorted(set(SIGN.findall(first)) & known)
    rest = sorted(held.keys() - set(begun), key=lambda sign: (-held[sign], sign))
    rules = []
    for place, signs in enumerate([begun, *(rest[at : at + PART] for at in range(0, len(rest), PART))], 1):
        name = f"collection-japanese-{place}.woff"
        yield f"{FOLDER}/{name}", _cut(signs)
        ranges = ", ".join(f"U+{ord(sign):X}" for sign in sorted(signs))
        rules.append(
            f'@font-face {{ font-family: "{NAME}"; src: url("vendor/fonts/{name}") format("woff");'
            f" font-display: swap; unicode-range: {ranges}; }}\n"
        )
    yield "static/japanese-face.css", "".join(rules).encode("utf-8")


def _font():
    from fontTools.ttLib import TTFont

    return TTFont(FACE, lazy=True, recalcTimestamp=False)


def _cut(signs: list[str]) -> bytes:
    from fontTools import subset

    options = subset.Options(hinting=False, layout_features=[], name_IDs=[0, 13, 14])
    buffer = io.BytesIO()
    with _font() as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=map(ord, signs))
        cutter.subset(font)
        for number, text in ((1, NAME), (2, "Regular"), (4, NAME)):
            font["name"].setName(text, number, 3, 1, 0x409)
        font.flavor = "woff"
        font.save(buffer, reorderTables=None)
    return buffer.getvalue()
