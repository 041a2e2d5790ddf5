"""What an archive says of itself; its last member, so that half an archive has none."""

from datetime import datetime

import msgspec

FORMAT = 1
NAME = "manifest.json"
DUMP = "database.dump"


class Member(msgspec.Struct, frozen=True):
    """A file in the archive: its size in bytes and its SHA-256 in hex."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`server` is PostgreSQL's version number, as 180006; `missing` are files the disk had lost already."""

    format: int
    doorstep: str
    made_at: datetime
    server: int
    migrations: list[str]
    members: dict[str, Member]
    missing: list[str] = []
