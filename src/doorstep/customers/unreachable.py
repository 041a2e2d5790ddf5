"""Unreachable: an address that our mail, or whatever it was, came back from."""

from collections.abc import Sequence

from doorstep.customers.identify import sql
from doorstep.kernel import Address
from doorstep.store import Connection


async def mark_unreachable(tx: Connection, addresses: Sequence[tuple[Address, str]]) -> None:
    """Note the addresses that nothing reaches, each with the reason; the desk warns before the next reply."""
    if not addresses:
        return
    reasons = {(address.kind, address.value): why for address, why in addresses}
    ordered = sorted(reasons)
    await sql.run(
        tx,
        "mark_unreachable",
        kinds=[kind for kind, _ in ordered],
        values=[value for _, value in ordered],
        reasons=[reasons[key][:500] for key in ordered],
    )
