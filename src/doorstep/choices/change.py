"""Change what a customer chose: what held before ends and is kept, with who noted it and how it was known."""

import re
from collections.abc import Collection
from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

import msgspec

from doorstep.choices.hours import MIDNIGHT
from doorstep.choices.look import sql
from doorstep.choices.model import Choices, Hours, NewChoices
from doorstep.kernel import Invalid, NotFound, new_id
from doorstep.people import Me
from doorstep.store import Connection, outbox

MOST_HOURS = 7
DAYS = frozenset(range(1, 8))
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")


async def change_choices(
    tx: Connection,
    customer_id: UUID,
    new: NewChoices,
    channels: Collection[str],
    me: Me | None,
    now: datetime,
) -> None:
    """Note what they chose; without `me` they did it themselves. Raises `NotFound`, `Invalid`."""
    check(new.choices, channels)
    if await sql.value(tx, "hold_customer", id=customer_id) is None:
        raise NotFound("There is no such customer.")
    choice_id = new_id()
    await sql.run(
        tx,
        "change_choices",
        id=choice_id,
        customer_id=customer_id,
        content=msgspec.json.encode(new.choices),
        now=now,
        said_by="agent" if me else "customer",
        agent_id=me.agent_id if me else None,
        how=new.how.strip(),
    )
    await outbox.tell(
        tx, "choice.changed", customer_id, subject_id=choice_id, actor_id=me.agent_id if me else None
    )


def check(choices: Choices, channels: Collection[str]) -> None:
    """Raises `Invalid`, naming the field."""
    for field, keys in (
        ("preferred", [choices.preferred] if choices.preferred else []),
        ("refused", choices.refused),
    ):
        if unknown := [key for key in keys if key not in channels]:
            there = ", ".join(sorted(channels))
            raise Invalid(f"There is no channel {unknown[0]}; there are: {there}.", field=f"choices.{field}")
    if choices.preferred in choices.refused and choices.preferred:
        raise Invalid("A channel cannot be preferred and refused.", field="choices.preferred")
    if choices.language and not _LANGUAGE.fullmatch(choices.language):
        raise Invalid("Give a language as de or pt-BR.", field="choices.language")
    if len(choices.hours) > MOST_HOURS:
        raise Invalid(f"At most {MOST_HOURS} hours.", field="choices.hours")
    for hours in choices.hours:
        _check_hours(hours)


def _check_hours(hours: Hours) -> None:
    if hours.time_zone not in available_timezones():
        words = f"There is no time zone {hours.time_zone}. Give one as Europe/Berlin."
        raise Invalid(words, field="choices.hours")
    if hours.begins.tzinfo or hours.ends.tzinfo:
        raise Invalid("Give hours as 09:00, without a time zone of their own.", field="choices.hours")
    if (
        not hours.days
        or not set(hours.days) <= DAYS
        or (hours.ends != MIDNIGHT and hours.begins >= hours.ends)
    ):
        raise Invalid("Hours have days, 1 to 7, and begin before they end.", field="choices.hours")
