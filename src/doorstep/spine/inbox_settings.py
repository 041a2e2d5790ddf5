"""Settings of an inbox, held against what its channel wants; each that is wrong is said beside its field."""

from collections.abc import Mapping
from typing import Any

import msgspec

from doorstep.kernel import Channel, Invalid

Wrong = dict[str, str]
"""`field` and `detail`: a place in what was sent, and what it should be, in words."""


def check_settings(channel: Channel, settings: Mapping[str, Any]) -> None:
    """Raises `Invalid` whose `errors` name each wrong field as `settings.<key>`."""
    wanted = fields_of(channel)
    types = {field.encode_name: field.type for field in msgspec.structs.fields(channel.settings)}
    errors = [
        {"field": f"settings.{key}", "detail": _words(key, wanted)}
        for key, value in settings.items()
        if key in wanted and not _fits(value, types[key])
    ]
    if errors:
        raise _refusal(channel, "; ".join(error["detail"] for error in errors), errors)
    try:
        msgspec.convert(settings, channel.settings)
    except msgspec.ValidationError as error:
        raise _refusal(channel, f"{error}.", []) from error


def fields_of(channel: Channel) -> dict[str, dict[str, Any]]:
    """The JSON Schema of each setting, by its key."""
    schema = msgspec.json.schema(channel.settings)
    defined = schema["$defs"][schema["$ref"].rpartition("/")[2]]
    fields: dict[str, dict[str, Any]] = defined.get("properties", {})
    return fields


def secrets_of(channel: Channel) -> set[str]:
    """The settings that go in and never come out."""
    return {name for name, field in fields_of(channel).items() if field.get("writeOnly")}


def _refusal(channel: Channel, words: str, errors: list[Wrong]) -> Invalid:
    return Invalid(f"The settings are not as {channel.label} wants them: {words}", errors=errors)


def _fits(value: object, wanted: Any) -> bool:
    try:
        msgspec.convert(value, wanted)
    except msgspec.ValidationError:
        return False
    return True


def _words(key: str, wanted: Mapping[str, dict[str, Any]]) -> str:
    field = wanted[key]
    return f"{field.get('title', key)}: {_kind(field)}."


def _kind(field: Mapping[str, Any]) -> str:
    if "enum" in field:
        return f"one of {', '.join(map(str, field['enum']))}"
    if "pattern" in field:
        return "this is not in the form that is wanted"
    kinds = {"integer": "a whole number", "number": "a number", "boolean": "yes or no", "string": "a text"}
    return kinds.get(str(field.get("type")), "this cannot be used") + _bounds(field)


def _bounds(field: Mapping[str, Any]) -> str:
    bounds = {
        "minimum": " from {}",
        "exclusiveMinimum": " above {}",
        "maximum": " up to {}",
        "minLength": ", at least {} long",
        "maxLength": ", at most {} long",
    }
    return "".join(words.format(field[name]) for name, words in bounds.items() if name in field)
