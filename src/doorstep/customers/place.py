"""Place: a choice, written down: the customer where there is none yet, the keys, and why."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from doorstep.customers.model import Choice, Key, Known, Sender, Trust
from doorstep.customers.vouched import ATTESTED, vouched
from doorstep.kernel import AddressKind, new_id
from doorstep.store import Connection, beside

sql = beside(__file__)


class Placed(msgspec.Struct, frozen=True):
    """One arrival and whose it is. `is_known`: the customer is there; `is_fresh`: its address is not."""

    sender: Sender
    choice: Choice
    customer_id: UUID
    identity_id: UUID
    name: str
    is_known: bool
    is_fresh: bool
    held: tuple[Key, ...]


class Given(msgspec.Struct, frozen=True):
    """The identity an address has now."""

    kind: str
    value: str
    identity_id: UUID


async def place(tx: Connection, placed: Sequence[Placed]) -> list[Known | None]:
    """Write them down, in one statement. None for one whose address another transaction took meanwhile."""
    made = {(p.sender.address.kind, p.sender.address.value): p for p in reversed(placed) if p.is_fresh}
    ordered = [made[key] for key in sorted(made)]
    people = list({p.customer_id: p for p in reversed(placed) if not p.is_known}.values())
    ours = [(p, k) for p in placed for k in p.held]
    held = {(str(k.kind), k.value, p.customer_id): (p, k) for p, k in ours if not _is_address(k)}
    signed = {k.value: p for p, k in reversed(ours) if _is_address(k) and (str(k.kind), k.value) not in made}
    rows = await sql.rows(
        tx,
        "place",
        Given,
        customer_ids=[p.customer_id for p in people],
        customer_names=[p.name for p in people],
        ids=[*(p.identity_id for p in ordered), *(new_id() for _ in signed)],
        kinds=[*(p.sender.address.kind for p in ordered), *(AddressKind.MAILBOX for _ in signed)],
        values=[*(p.sender.address.value for p in ordered), *signed],
        names=[p.name for p in (*ordered, *signed.values())],
        owners=[p.customer_id for p in (*ordered, *signed.values())],
        evidence=[
            *(vouched(p.sender.address, p.sender.attested) for p in ordered),
            *[ATTESTED] * len(signed),
        ],
        reasons=[_encoded(p.choice) for p in (*ordered, *signed.values())],
        held_kinds=[kind for kind, _, _ in sorted(held)],
        held_values=[value for _, value, _ in sorted(held)],
        holders=[customer_id for _, _, customer_id in sorted(held)],
        held_names=[held[key][0].name for key in sorted(held)],
        held_evidence=[_evidence(*held[key]) for key in sorted(held)],
        interaction_ids=[p.sender.id for p in placed],
        given_to=[p.customer_id for p in placed],
        confidences=[p.choice.confidence for p in placed],
        whys=[_encoded(p.choice) for p in placed],
        questions=[p.choice.is_question for p in placed],
    )
    given = {(row.kind, row.value): row.identity_id for row in rows}
    return [_known(p, given) for p in placed]


def _how(p: Placed) -> str:
    return vouched(p.sender.address, p.sender.attested)


def _is_address(key: Key) -> bool:
    """Whether they signed in by a mailbox: it is theirs, though nothing came from it yet."""
    return key.trust is Trust.SIGNED and key.kind == AddressKind.MAILBOX


def _known(p: Placed, given: dict[tuple[str, str], UUID]) -> Known | None:
    address = p.sender.address
    key = (str(address.kind), address.value)
    if not p.is_fresh:
        return Known(*key, p.customer_id, p.identity_id)
    return Known(*key, p.customer_id, given[key]) if key in given else None


def _evidence(p: Placed, key: Key) -> str:
    address = p.sender.address
    is_own = (key.kind, key.value) == (address.kind, address.value)
    return vouched(address, p.sender.attested) if is_own else "attested"


def _encoded(choice: Choice) -> str:
    return msgspec.json.encode(choice.reasons).decode()
