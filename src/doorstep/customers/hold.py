"""Hold: somebody has a key that is no address, such as a card an order was paid with."""

from uuid import UUID

from doorstep.kernel import AddressKind
from doorstep.store import Connection, beside

sql = beside(__file__)


async def hold(
    tx: Connection, customer_id: UUID, kind: AddressKind, value: str, name: str, evidence: str
) -> None:
    """Note that the customer has it too."""
    await sql.run(tx, "hold", kind=kind, value=value, customer_id=customer_id, name=name, evidence=evidence)
