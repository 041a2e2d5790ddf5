"""Reading one row: what a shop wrote becomes a struct, or a refusal that names row, field and cure."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from doorstep.commerce.model import Refusal
from doorstep.commerce.rows import Row

_PATH = re.compile(r"^(.*?)(?: - at `\$\.?(.*?)`)?$", re.DOTALL)
_FIELD = re.compile(r"field `(\w+)`")


def read(kind: type[Row], number: int, fields: Mapping[str, Any], strict: bool = True) -> Row | Refusal:
    """The row `number`; `strict=False` takes figures written as text, as in a CSV."""
    try:
        row = msgspec.convert(fields, kind, strict=strict)
        _check_text(row)
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        return refusal(number, fields, str(error))
    return row


def _check_text(row: Row) -> None:
    if re.search(rb"(?<!\\)(?:\\\\)*\\u0000", msgspec.json.encode(row)):
        raise msgspec.ValidationError("A text holds a zero byte, which no text may hold. Take it out.")


def refusal(number: int, fields: Mapping[str, Any], message: str) -> Refusal:
    """A refusal in words, from msgspec's message."""
    found = _PATH.match(message)
    reason, path = (found[1], found[2] or "") if found else (message, "")
    if named := _FIELD.search(reason):
        path = f"{path}.{named[1]}" if path else named[1]
    return Refusal(number, _key(fields), path, _sentence(reason, path))


def _key(fields: Mapping[str, Any]) -> str:
    keys = (
        [fields.get("external_id")]
        if "external_id" in fields
        else [fields.get("product"), fields.get("location")]
    )
    return " @ ".join(str(key)[:200] for key in keys if key)


def _sentence(reason: str, path: str) -> str:
    if reason.startswith("Object missing required field"):
        return f"{path} is missing. Add it."
    if reason.startswith("Object contains unknown field"):
        return f"There is no field {path}. Leave it out, or look for its right name in docs/commerce.md."
    text = reason[:1].upper() + reason[1:].rstrip(".")
    return (
        text + "."
        if not path
        else f"{path}: {text[:1].lower()}{text[1:]}. Mend the value and send the row again."
    )
