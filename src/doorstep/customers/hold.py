"""Hold: somebody has a key that is no address, such as a card an order was paid with."""

from uuid import UUID

from doorstep.kernel import Address
from doorstep.store import Connection, beside

sql = beside(__file__)


async def hold(tx: Connection, customer_id: UUID, key: Address, evidence: str) -> None:
    """Note that the customer has it too."""
    await sql.run(
        tx,
        "hold",
        kind=key.kind,
        value=key.value,
        customer_id=customer_id,
        name=key.name,
        evidence=evidence,
    )
