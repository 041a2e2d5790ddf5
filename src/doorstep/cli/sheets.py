"""`doorstep mail`: one line of JSON for each file, in the order given, as soon as it is read."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from doorstep.channels import Reader, reader_of
from doorstep.kernel import DoorstepError
from doorstep.pages import clean

STDIN = "-"


def sheets(noun: str, names: Iterable[str], address: str, out: BinaryIO) -> int:
    """Print them; 1 when one could not be read, which its own line says."""
    reader, status = reader_of(noun), 0
    for name in _files(names):
        told = _told(reader, name, address)
        status = status or ("error" in told)
        out.write(msgspec.json.encode({"file": _shown(name)} | told) + b"\n")
        out.flush()
    return int(status)


def _files(names: Iterable[str]) -> Iterator[str]:
    """Each file; those of a folder by name, and of the folders in it."""
    for name in names:
        if name == STDIN or not Path(name).is_dir():
            yield name
            continue
        for folder, inner, files in os.walk(name):
            inner.sort()
            yield from (path for file in sorted(files) if os.path.isfile(path := os.path.join(folder, file)))


def _told(reader: Reader, name: str, address: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = msgspec.to_builtins(
            reader.sheet(_content(name, reader.LARGEST), clean, address)
        )
    except (OSError, DoorstepError) as error:
        return {"error": _reason(error)}
    except Exception as error:  # a fault of ours in one file must not cost the others
        return {"error": f"It could not be read; please report this. {error!r}"}
    return told


def _content(name: str, most: int) -> bytes:
    """The bytes, and one more than are read at most when there are more."""
    if name == STDIN:
        return sys.stdin.buffer.read(most + 1)
    with open(name, "rb") as file:
        return file.read(most + 1)


def _reason(error: OSError | DoorstepError) -> str:
    return error.detail if isinstance(error, DoorstepError) else error.strerror or str(error)


def _shown(name: str) -> str:
    """A file's name as UTF-8 can say it."""
    return os.fsencode(name).decode("utf-8", "replace")
