"""Links: 256 random bits in what leaves, and nothing but their hash here. One opens once.

In a reply stands the bare address of the page. It becomes a link when the reply leaves, so that no draft,
story or backup of ours holds one that opens. A scanner that follows it opens nothing: that takes a button.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from doorstep.kernel import Address
from doorstep.people import digest
from doorstep.store import Connection, beside

sql = beside(__file__)

PATH = "/my/choices"
LASTS = timedelta(days=14)
PAGE_LASTS = timedelta(minutes=30)


class Opened(msgspec.Struct, frozen=True):
    """Whose page it is; `key` is what the page says again when it is sent."""

    customer_id: UUID
    key: str


def address_of(house: str) -> str:
    """The address of the page, as it stands in a reply."""
    return f"{house}{PATH}"


async def with_link(
    tx: Connection, words: Sequence[str], house: str, customer_id: UUID, to: Sequence[Address], now: datetime
) -> list[str]:
    """The words, in them a link that opens instead of the bare address; only if nobody else reads them."""
    bare = re.compile(re.escape(address_of(house)) + r"(?![\w/-])") if house else None
    if bare is None or not any(bare.search(one) for one in words):
        return list(words)
    kinds, values = [a.kind for a in to], [a.value for a in to]
    theirs = await sql.value(tx, "all_theirs", customer_id=customer_id, kinds=kinds, vals=values)
    if not theirs:
        return list(words)
    link = f"{address_of(house)}/{await make_link(tx, customer_id, now)}"
    return [bare.sub(link, one) for one in words]


async def make_link(tx: Connection, customer_id: UUID, now: datetime) -> str:
    """A new token for a customer's page. Sweeps those that are over."""
    token = secrets.token_urlsafe(32)
    await sql.run(tx, "sweep_links", now=now)
    await sql.run(tx, "make_link", link=digest(token), customer_id=customer_id, expires_at=now + LASTS)
    return token


async def open_link(tx: Connection, token: str, now: datetime) -> Opened | None:
    """Use a link up; None when it was, is too old, or never was."""
    key = secrets.token_urlsafe(32)
    customer_id = await sql.value(
        tx, "open_link", link=digest(token), now=now, page=digest(key), until=now + PAGE_LASTS
    )
    return Opened(customer_id, key) if customer_id else None


async def page_of(tx: Connection, key: str, now: datetime) -> Opened | None:
    """Whose page this is, while it is open."""
    customer_id = await sql.value(tx, "page_of", page=digest(key), now=now)
    return Opened(customer_id, key) if customer_id else None
