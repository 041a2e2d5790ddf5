"""The words of the pages: a catalogue a language, in TOML. The first is what the others are measured by."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("words")
FIRST: Final = "en"
CATALOGUES: Final[Mapping[str, Mapping[str, str]]] = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))
}
_WANTED = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9-]*)?(?:\s*;\s*q=([0-9.]{1,5}))?")


def language_of(asked: str, accepted: str) -> str:
    """The language asked for, else what the browser would rather have (RFC 9110 §12.5.4), else the first."""
    if asked in CATALOGUES:
        return asked
    wanted = [
        (-_quality(found[2]), n, found[1].lower())
        for n, part in enumerate(accepted[:500].split(","))
        if (found := _WANTED.fullmatch(part.strip()))
    ]
    return next((key for _, _, key in sorted(wanted) if key in CATALOGUES), FIRST)


def _quality(said: str | None) -> float:
    try:
        return float(said) if said else 1.0
    except ValueError:
        return 0.0
