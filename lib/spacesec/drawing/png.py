"""A picture as a PNG file with a palette: few colours, packed by libdeflate (smaller and sooner than zlib).

Chunks as the PNG specification (W3C, third edition, section 11) orders them.
"""

import struct
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

LEVEL = 8  # of 12: the steps above take two to fifty times as long for a hundredth to a tenth of the bytes
RARE = 0.0003  # of the pixels: a colour below is the edge of a letter or a line
STEP = 12  # of 255: the edges' colours are set to its multiples, six at most from the true one
INCHES_IN_A_METRE = 39.3701


def paletted(image, colours: int) -> tuple["np.ndarray", "np.ndarray"]:
    """An RGBX picture in this many colours at most, white among them: indices (height, width) and the palette
    (colours, 3), both uint8. The palette is found among the pixels that are not white, for most are.
    """
    import numpy as np
    from PIL import Image

    # One number a pixel: far faster to compare and to pick than three.
    pixels = np.frombuffer(image.tobytes(), np.uint32) | np.frombuffer(b"\0\0\0\xff", np.uint32)
    inked = np.flatnonzero(pixels != 0xFFFFFFFF)
    part = Image.frombytes("RGB", (len(inked), 1), pixels[inked].tobytes(), "raw", "RGBX")
    # Maximum coverage keeps the colour of the smallest mark; median cut would spend the palette on the large
    # areas.
    found = part.quantize(colours - 1, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette = np.array(found.getpalette()[: 3 * (colours - 1)] + [255] * 3, np.uint8).reshape(-1, 3)
    indices = np.full(len(pixels), len(palette) - 1, np.uint8)
    indices[inked] = np.asarray(found)[0]
    palette, places = np.unique(_coarse(palette, indices), axis=0, return_inverse=True)
    return places.ravel().astype(np.uint8)[indices].reshape(image.height, image.width), palette


def _coarse(palette: "np.ndarray", indices: "np.ndarray") -> "np.ndarray":
    import numpy as np

    rare = np.bincount(indices, minlength=len(palette)) < RARE * indices.size
    rounded = np.clip(np.round(palette / STEP) * STEP, 0, 255).astype(np.uint8)
    return np.where(rare[:, None], rounded, palette)


def file(
    indices: "np.ndarray", palette: "np.ndarray", texts: Mapping[str, str], dpi: float | None = None
) -> bytes:
    """The bytes of the file; texts: keyword -> words, kept as iTXt."""
    import deflate
    import numpy as np

    height, width = indices.shape
    lines = np.zeros((height, width + 1), np.uint8)  # each begins with the filter's number: none
    lines[:, 1:] = indices
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))]
    chunks += [(b"PLTE", palette.tobytes())]
    if dpi is not None:
        chunks += [(b"pHYs", struct.pack(">IIB", *[round(dpi * INCHES_IN_A_METRE)] * 2, 1))]
    chunks += [(b"iTXt", key.encode() + bytes(5) + text.encode()) for key, text in texts.items()]
    chunks += [(b"IDAT", bytes(deflate.zlib_compress(lines.tobytes(), LEVEL))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
