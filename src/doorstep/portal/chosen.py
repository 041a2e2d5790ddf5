"""What the form of the page says, as choices. Pure."""

from collections.abc import Mapping
from datetime import time

import msgspec

from doorstep.choices import Choices, Hours
from doorstep.kernel import Invalid

Form = Mapping[str, list[str]]


def chosen(form: Form) -> Choices:
    """The choices. Raises `Invalid` whose words are a key of the catalogues."""
    preferred, refused = _one(form, "preferred"), tuple(form.get("refused", ()))
    if preferred and preferred in refused:
        raise Invalid("wrong_channel")
    said = {
        "contact": _one(form, "contact") or "any",
        "preferred": preferred,
        "refused": refused,
        "language": _one(form, "language"),
    }
    try:
        choices = msgspec.convert(said, Choices)
    except msgspec.ValidationError as error:
        raise Invalid("wrong_channel") from error
    return msgspec.structs.replace(choices, hours=_hours(form))


def _hours(form: Form) -> tuple[Hours, ...]:
    begins, ends = _one(form, "begins"), _one(form, "ends")
    days = sorted({int(day) for day in form.get("days", ()) if day in "1234567" and day})
    if not begins and not ends and len(days) in (0, 7):
        return ()
    try:
        begin, end = time.fromisoformat(begins or "00:00"), time.fromisoformat(ends or "00:00")
    except ValueError:
        raise Invalid("wrong_hours") from None
    if not days or (end != time() and begin >= end):
        raise Invalid("wrong_hours")
    return (Hours(begin, end, _one(form, "zone"), tuple(days)),)


def _one(form: Form, name: str) -> str:
    return (form.get(name) or [""])[0].strip()[:100]
