#!/usr/bin/env python3
"""Makes the outline files that the cards are lettered with from the DejaVu fonts.

    pip install fonttools
    python3 make_outlines.py /usr/share/fonts/truetype/dejavu

The folder holds DejaVuSans.ttf and DejaVuSans-Bold.ttf of DejaVu 2.37 (Debian: fonts-dejavu-core).
The same fonts make the same files, which are committed: building the program does not run this.

A file is compressed with zlib. It holds unsigned LEB128 numbers; those marked * are signed, and
written as zigzag (0, -1, 1, -2, ... become 0, 1, 2, 3, ...). In font units, y grows upwards:

    units per em
    number of glyphs, then for each, in the order of characters:
        character minus the one before, advance width, number of contours, then for each contour:
            number of points, then for each point, relative to the one before in the glyph:
                2 * zigzag(dx) + (1 if it is on the curve), dy*
    number of kerning pairs, then for each: left character, right character, adjustment*

Character 0 is the box that is drawn for characters without a glyph. Every contour begins with a
point on the curve; two successive points off the curve have one on the curve in their middle.
"""

import sys
import unicodedata
import zlib
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

# Left out: what has to be joined, ordered or stacked by a shaping engine, and game pieces.
LEFT_OUT = [
    (0x0300, 0x036F),  # combining marks
    (0x0590, 0x08FF),  # Hebrew, Arabic, N'Ko
    (0x0E80, 0x0EFF),  # Lao
    (0x2800, 0x28FF),  # Braille patterns
    (0x4DC0, 0x4DFF),  # hexagrams
    (0xA4D0, 0xA4FF),  # Lisu
    (0xE000, 0xF8FF),  # private use
    (0xFB1D, 0xFDFF),  # Hebrew and Arabic presentation forms
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE20, 0xFE2F),  # combining half marks
    (0xFE70, 0xFEFF),  # Arabic presentation forms
    (0x10300, 0x1032F),  # Old Italic
    (0x1D300, 0x1D35F),  # tetragrams
    (0x1F030, 0x1F0FF),  # dominoes and playing cards
]


def is_kept(character):
    if any(first <= character <= last for first, last in LEFT_OUT):
        return False
    return unicodedata.category(chr(character)) not in ("Cc", "Cf", "Mn", "Me")


def varint(number):
    encoded = bytearray()
    while number >= 0x80:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def zigzag(number):
    return 2 * number if number >= 0 else -2 * number - 1


def contours(glyphs, name):
    """The contours of a glyph as lists of ((x, y), is_on_curve)."""
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    found = []
    for command, points in pen.value:
        if command == "moveTo":
            found.append([(points[0], True)])
        elif command == "lineTo":
            found[-1].append((points[0], True))
        elif command == "qCurveTo" and points[-1] is None:
            # No point is on the curve: the contour begins in the middle between two of them.
            points = list(points[:-1])
            (x0, y0), (x1, y1) = points[-1], points[0]
            found.append([(((x0 + x1) / 2, (y0 + y1) / 2), True)] + [(point, False) for point in points])
        elif command == "qCurveTo":
            found[-1] += [(point, False) for point in points[:-1]] + [(points[-1], True)]
    for contour in found:
        if len(contour) > 1 and contour[-1] == contour[0]:
            contour.pop()
    return found


def glyph(glyphs, name, step):
    shapes = contours(glyphs, name)
    encoded = varint(step) + varint(round(glyphs[name].width)) + varint(len(shapes))
    last_x, last_y = 0, 0
    for shape in shapes:
        encoded += varint(len(shape))
        for (x, y), is_on in shape:
            x, y = round(x), round(y)
            encoded += varint(2 * zigzag(x - last_x) + is_on) + varint(zigzag(y - last_y))
            last_x, last_y = x, y
    return encoded


def kerning(font, names):
    """Pairs of characters that stand closer or wider than their advance widths say."""
    characters = {}
    for character, name in sorted(names.items()):
        characters.setdefault(name, []).append(character)
    pairs = sorted(
        (left, right, value)
        for table in font["kern"].kernTables
        for (first, second), value in table.kernTable.items()
        for left in characters.get(first, [])
        for right in characters.get(second, [])
        if value != 0
    )
    return varint(len(pairs)) + b"".join(varint(l) + varint(r) + varint(zigzag(v)) for l, r, v in pairs)


def outlines(font):
    names = {c: name for c, name in sorted(font.getBestCmap().items()) if is_kept(c)}
    glyphs = font.getGlyphSet()
    encoded = varint(font["head"].unitsPerEm) + varint(len(names) + 1)
    encoded += glyph(glyphs, ".notdef", 0)
    last = 0
    for character, name in names.items():
        encoded += glyph(glyphs, name, character - last)
        last = character
    return encoded + kerning(font, names)


def main():
    folder, here = Path(sys.argv[1]), Path(__file__).parent
    for name in ("DejaVuSans", "DejaVuSans-Bold"):
        encoded = outlines(TTFont(folder / f"{name}.ttf"))
        compressed = zlib.compress(encoded, 9)
        (here / f"{name}.outlines").write_bytes(compressed)
        print(f"{name}: {len(encoded)} bytes, {len(compressed)} compressed")


if __name__ == "__main__":
    main()
