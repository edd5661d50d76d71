"""A question's figures for the page: how large they are, and as part of the page where their marks lead to
rows.
"""

import io
import re
from pathlib import Path

from markupsafe import Markup, escape

from spacesec.drawing.svg import bare
from spacesec.errors import DataError

THUMBNAIL = (480, 300)  # pixels, twice the size at which they are shown
MARK = ' id="row-'


def size(svg: str) -> tuple[int, int]:
    """Width and height of a drawing in its own units; raises DataError for one that does not say."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if not found:
        raise DataError("a drawing under figures/ has no viewBox; run its question again")
    return round(float(found[1])), round(float(found[2]))


def marked(svg: str) -> bool:
    """Whether its marks say which rows they draw."""
    return MARK in svg


def inline(svg: str, name: str, alt: str) -> Markup:
    """The drawing as part of a page: its ids begin with the figure's name, those that nothing names are
    dropped.
    """
    wide, high = size(svg)
    body = bare(svg)
    body = body[body.index(">") + 1 :]
    named = set(re.findall(r'xlink:href="#([^"]+)"|url\(#([^)]+)\)', body))
    named = {one or other for one, other in named}
    body = re.sub(
        r' id="([^"]+)"',
        lambda found: f' id="{name}-{found[1]}"' if found[1] in named or found[0].startswith(MARK) else "",
        body,
    )
    body = re.sub(r'xlink:href="#', f'href="#{name}-', body).replace("url(#", f"url(#{name}-")
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
        f' role="group" aria-label="{escape(alt)}">'
    ) + Markup(body)


def thumbnail(png: Path) -> bytes:
    """The middle of a picture, without its title and source line, small (WebP)."""
    from PIL import Image

    with Image.open(png) as opened:
        picture = opened.convert("RGB")
    wide, high = picture.size
    picture = picture.crop((0, round(high * 0.16), wide, round(high * 0.94)))
    picture.thumbnail((THUMBNAIL[0], THUMBNAIL[0]), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    picture.save(buffer, "webp", quality=80, method=6)
    return buffer.getvalue()
