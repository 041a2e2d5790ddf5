"""What the company's desk has ready to say, and what stands under its replies."""

from datetime import datetime
from typing import Final
from uuid import UUID

from doorstep.kernel import new_id
from doorstep.store import Connection, beside

sql: Final = beside(__file__)

SIGNATURE: Final = (
    '<p>{{agent.name}}<br>Marlow &amp; Finch, {{inbox.name}}<br><a href="https://marlowfinch.example">'
    "marlowfinch.example</a></p>"
)
_HELLO: Final = "<p>Hello {{customer.first_name}},</p>"
MACROS: Final[tuple[tuple[str, str, str, list[str]], ...]] = (
    (
        "Parcels",
        "Where your parcel is",
        "<p>your order {{order.number}} travels with {{parcel.carrier}} as {{parcel.tracking}}. I have asked "
        "them where it is, and write to you today with what they say.</p>",
        ["take", "wait"],
    ),
    (
        "Parcels",
        "A new one leaves today",
        "<p>I am sorry that order {{order.number}} did not reach you. A new parcel leaves our shop today; "
        "you need not do anything.</p>",
        ["resolve"],
    ),
    (
        "Returns",
        "How to send it back",
        "<p>you have 30 days to send back what is in order {{order.number}}:</p><ol><li>Put it in its box."
        "</li><li>Stick on the label that came with it.</li><li>Hand it in at any {{parcel.carrier}} shop."
        "</li></ol>",
        ["resolve"],
    ),
    (
        "Money",
        "The refund is on its way",
        "<p>the money for order {{order.number}} left us on {{today}}. Banks take two to five working days "
        "to show it.</p>",
        ["resolve"],
    ),
    ("", "Thank you for asking", "<p>thank you for asking. I look into it and write to you today.</p>", []),
)


async def make_ready(tx: Connection, inbox_ids: list[UUID], now: datetime) -> None:
    """Put in the macros, and the signature of each inbox."""
    for folder, name, words, acts in MACROS:
        said = {"folder": folder, "name": name, "html": _HELLO + words, "acts": acts}
        await sql.run(tx, "add_macro", id=new_id(), now=now, **said)
    for inbox_id in inbox_ids:
        await sql.run(tx, "add_signature", inbox_id=inbox_id, html=SIGNATURE)
