"""Values: what the variables say in a conversation; the order is the one it names, else the latest."""

from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.conversations import head_of, last_heard
from doorstep.people import Me
from doorstep.portal import address_of
from doorstep.ready.model import Facts, Variable
from doorstep.store import Connection, beside

sql = beside(__file__)

VARIABLES = (
    Variable("customer.name", "the customer's name", "Ioanna Papadaki"),
    Variable("customer.first_name", "the customer's first name", "Ioanna"),
    Variable("order.number", "the order's number", "48213"),
    Variable("order.state", "the order's state", "shipped"),
    Variable("parcel.tracking", "the parcel's number", "NL 9347 3764"),
    Variable("parcel.carrier", "the carrier", "Northline"),
    Variable("choices.link", "a link to the customer's own choices", "https://desk.example/choices/…"),
    Variable("agent.name", "the name of whoever answers", "Maren", always=True),
    Variable("inbox.name", "the inbox's name", "Customer care", always=True),
    Variable("today", "today's date", "2026-03-02", always=True),
)
"""All there are."""
ALWAYS = tuple(each.name for each in VARIABLES if each.always)
"""Those that are known whomever one writes to: all that may stand in a signature."""
KNOWN = tuple(each.name for each in VARIABLES)


def variables(me: Me, now: datetime) -> list[Variable]:
    """All there are, with what they would say of somebody; of oneself, what they say."""
    own = {"agent.name": me.name, "today": f"{now:%Y-%m-%d}"}
    return [msgspec.structs.replace(each, example=own.get(each.name) or each.example) for each in VARIABLES]


async def inbox_of(on: Connection, conversation_id: UUID) -> UUID:
    """The inbox that an answer leaves by. Raises `NotFound`."""
    head = await head_of(on, conversation_id)
    heard = await last_heard(on, conversation_id)
    return heard.inbox_id if heard else head.inbox_id


async def values_of(
    on: Connection, conversation_id: UUID, me: Me, now: datetime, house: str = ""
) -> dict[str, str]:
    """All of them; what is not known is empty. `house`: our own address. Raises `NotFound`."""
    always = await always_values(on, await inbox_of(on, conversation_id), me, now)
    facts = await sql.row(on, "facts", Facts, conversation_id=conversation_id) or Facts()
    return always | {
        "customer.name": facts.customer_name,
        "customer.first_name": first_name(facts.customer_name),
        "order.number": facts.order_no,
        "order.state": facts.order_state,
        "parcel.tracking": facts.tracking_no,
        "parcel.carrier": facts.carrier,
        "choices.link": address_of(house) if house else "",
    }


async def always_values(on: Connection, inbox_id: UUID, me: Me, now: datetime) -> dict[str, str]:
    """Those that need no conversation. `today` is a date of ISO 8601, in UTC."""
    name = await sql.value(on, "inbox_name", id=inbox_id)
    return {"agent.name": me.name, "inbox.name": name or "", "today": f"{now:%Y-%m-%d}"}


def first_name(name: str) -> str:
    """Of `Ada Finch` and `Finch, Ada` it is Ada; an address is nobody's name."""
    if "@" in name:
        return ""
    _, comma, after = name.partition(",")
    words = (after if comma and after.strip() else name).split()
    return words[0].strip(",") if words else ""
