"""Small attachments, drawn here: a photo of a cracked cup (PNG) and a page of text (PDF)."""

import struct
import zlib
from collections.abc import Sequence
from typing import Final

WIDTH: Final = 320
HEIGHT: Final = 240
PAPER, CUP, CRACK = (232, 226, 214), (70, 96, 142), (28, 24, 20)


def photo(seed: int) -> bytes:
    """A PNG (RFC 2083) of a cup with a crack, another at each seed."""
    lines = b"".join(b"\0" + b"".join(bytes(_pixel(x, y, seed)) for x in range(WIDTH)) for y in range(HEIGHT))
    size = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", size), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _pixel(x: int, y: int, seed: int) -> tuple[int, int, int]:
    if 80 < x < 230 and 50 < y < 200:
        zigzag = 150 + seed % 40 + abs((y + seed) % 24 - 12)
        return CRACK if 0 <= x - zigzag < 3 else (CUP[0], CUP[1], CUP[2] + (x - 80) // 3)
    is_handle = 196 < (x - 230) ** 2 // 9 + (y - 120) ** 2 // 9 < 324 and x >= 230
    return CUP if is_handle else PAPER


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def page(lines: Sequence[str]) -> bytes:
    """A PDF 1.4 of one A4 page with these lines of Latin text."""
    shown = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
    stream = f"BT /F 12 Tf 16 TL 72 770 Td {shown} ET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return written + end % (table, len(written))


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
