"""A winmail.dat, made as Outlook makes it (MS-OXTNEF)."""

import struct

TEXT, RTF, HTML, SUBJECT = 0x1000, 0x1009, 0x1013, 0x0037
LONG_NAME, CONTENT, CONTENT_ID, CONTENT_TYPE = 0x3707, 0x3701, 0x3712, 0x370E


def tnef(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


def attribute(key: int, data: bytes, level: int = 1) -> bytes:
    return (
        struct.pack("<BII", level, 0x00060000 | key, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    )


def message(**properties: bytes | str) -> bytes:
    keys = {"text": TEXT, "rtf": RTF, "html": HTML, "subject": SUBJECT}
    return attribute(0x9003, props({keys[name]: value for name, value in properties.items()}))


def file(title: str, content: bytes | None, properties: dict[int, bytes | str] | None = None) -> bytes:
    """An attachment: its short name, its content, and what else is said of it."""
    begun = attribute(0x9002, bytes(14), 2) + attribute(0x8010, title.encode("cp1252") + b"\0", 2)
    body = b"" if content is None else attribute(0x800F, content, 2)
    return begun + body + (attribute(0x9005, props(properties), 2) if properties else b"")


def props(values: dict[int, bytes | str]) -> bytes:
    return struct.pack("<I", len(values)) + b"".join(map(prop, values, values.values()))


def prop(key: int, value: bytes | str) -> bytes:
    data = value if isinstance(value, bytes) else value.encode("utf-16-le") + b"\0\0"
    kind = 0x0102 if isinstance(value, bytes) else 0x001F
    return struct.pack("<HHII", kind, key, 1, len(data)) + data + bytes(-len(data) % 4)


def stored(rtf: bytes) -> bytes:
    """RTF as it lies there uncompressed."""
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
