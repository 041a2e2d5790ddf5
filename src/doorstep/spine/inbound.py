"""The one path: what a customer did becomes a line on an agent's screen.

    identify ▸ thread ▸ understand ▸ route ▸ show

Each is a verb of one room, takes the whole batch and runs set-based statements of index probes. A batch is
one transaction, which `worker.py` commits. Nothing slow is in here: what is slow comes back as a reading of
the same signal, and takes this way again.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from doorstep import pages
from doorstep.conversations import Copy, Entry, add_copies, amend, file, once, relate, thread
from doorstep.customers import Known, Sender, believed, identify, mark_unreachable
from doorstep.desk import show
from doorstep.kernel import Address, AddressKind, Reading, Signal
from doorstep.replies import bounced
from doorstep.routing import route
from doorstep.spine.aside import sort, take_in_the_rest, with_returned
from doorstep.spine.automatic.ask import ask
from doorstep.spine.enter import Entered, enter
from doorstep.spine.look import ask_to_look
from doorstep.spine.model import Claimed, Prepared
from doorstep.spine.quarantine import hold, judged
from doorstep.store import Connection
from doorstep.understanding import Orders, understand


def prepare(claimed: Claimed, content: bytes) -> Prepared:
    """Read and understand one signal; what fails here fails for it alone."""
    signal = msgspec.json.decode(content, type=Signal)
    same = once(signal)
    for reading in claimed.readings:
        signal = _joined(signal, msgspec.json.decode(reading, type=Reading))
    return Prepared(
        claimed, signal, understand(signal), pages.clean(signal.html) if signal.html else "", same
    )


def _joined(signal: Signal, reading: Reading) -> Signal:
    return msgspec.structs.replace(
        signal,
        text=reading.text or signal.text,
        said="" if reading.text else signal.said,
        sender=reading.sender or signal.sender,
        references=(*reading.references, *signal.references),
        attested={**signal.attested, **reading.attested},
    )


async def take_in(
    tx: Connection, batch: Sequence[Prepared], owner: UUID, looking: Collection[str] = ()
) -> None:
    """Take a batch in; `looking`: the channels that look longer.

    Raises `Fenced` when a claim was lost, `Raced` when it should just be done again.
    """
    known = await enter(tx, batch, owner)
    batch = await judged(tx, batch, known.grounds)
    todo = sort(batch, await with_returned(tx, batch, known.standing))
    fresh = await _entries(tx, [p for p in todo.theirs if not p.is_reading], known)
    await show(tx, fresh, await file(tx, fresh), "signal.shown")
    readings = {p.claimed.signal_id: p for p in todo.theirs if p.is_reading}
    read = await _entries(tx, list(readings.values()), known)
    await show(tx, read, await amend(tx, read), "signal.read")
    await _follow(tx, fresh, looking)
    await take_in_the_rest(tx, todo)
    await hold(tx, todo.unwanted)


async def _follow(tx: Connection, fresh: Sequence[Entry], looking: Collection[str]) -> None:
    """What follows from what was shown: joins, questions, what came back, answers, longer looks."""
    await relate(tx, fresh)
    await add_copies(tx, [Copy(e.id, e.id, e.signal.inbox_id, e.received_at) for e in fresh if e.is_ours])
    await _come_back(tx, [e for e in fresh if not e.signal.is_past])
    await ask(tx, fresh)
    await ask_to_look(tx, fresh, looking)


async def _entries(tx: Connection, batch: Sequence[Prepared], known: Entered) -> list[Entry]:
    if not batch:
        return []
    signals = [p.signal for p in batch]
    people = await identify(tx, [_sender(p) for p in batch])
    told = [_believed(p, who) for p, who in zip(batch, people, strict=True)]
    fresh = [] if batch[0].is_reading else [orders for _, orders in told]
    matters = await thread(tx, [signal for signal, _ in told], people, fresh)
    routes = route([s.inbox_id for s in signals], known.routes)
    return [
        Entry(
            p.claimed.signal_id,
            p.signal,
            p.claimed.received_at,
            person.customer_id,
            None if p.signal.ours_to else person.identity_id,
            matter,
            to.queue_id,
            p.claimed.received_at + to.reply_within,
            p.understood.matter,
            p.html,
            p.once,
            answers_itself=to.answers_itself,
            orders=p.understood.orders.maybe,
            is_ours=p.signal.ours_to is not None,
        )
        for p, person, matter, to in zip(batch, people, matters, routes, strict=True)
    ]


def _sender(p: Prepared) -> Sender:
    """Who it says that it is from, and what vouches for that; what tells of somebody else has no voucher."""
    signal, party = p.signal, _party(p.signal)
    address = believed(party, signal.attested)
    if party is not signal.sender or address is not party:
        return Sender(id=p.claimed.signal_id, address=address if party is signal.sender else party)
    return Sender(
        id=p.claimed.signal_id,
        address=address,
        attested=signal.attested,
        mailbox=_said_mailbox(signal, address),
        text=signal.said or signal.text,
        orders=tuple(dict.fromkeys((*signal.orders, *p.understood.orders.surely))),
        answers=next(iter(signal.references), ""),
        inbox_id=signal.inbox_id,
    )


def _said_mailbox(signal: Signal, sender: Address) -> str:
    """Where whoever comes otherwise wants mail to go. Beside a mailbox it may be any victim's."""
    if sender.kind == AddressKind.MAILBOX:
        return ""
    return next((a.value for a in signal.reply_to if a.kind == AddressKind.MAILBOX), "")


def _believed(p: Prepared, who: Known) -> tuple[Signal, Orders]:
    """A forger knows names of messages and orders too: what is only claimed goes on in nobody's matter."""
    if who.kind != AddressKind.CLAIMED:
        return p.signal, p.understood.orders
    return msgspec.structs.replace(p.signal, references=(), message_id="", token="", subject=""), Orders()


def _party(signal: Signal) -> Address:
    """Whose story it belongs to: what a mail system tells of an address is about its owner."""
    if signal.ours_to:
        return signal.ours_to
    returned = signal.returned
    if returned is None or not returned.address:
        return signal.sender
    return Address(signal.sender.kind, returned.address)


async def _come_back(tx: Connection, entries: Sequence[Entry]) -> None:
    """What we sent and did not arrive: the replies say so, and the addresses."""
    returned = [(e.signal, e.signal.returned) for e in entries if e.signal.returned]
    if not returned:
        return
    await bounced(tx, [r for _, r in returned])
    await mark_unreachable(tx, [(_party(s), r.detail) for s, r in returned if r.is_final and r.address])
