"""Judge: which of a batch are held back, and why. A step of the batch: who cannot be judged stands alone.

An inbox's own rules go first: blocked is held, trusted goes through. Else it takes a suspicion, the channel's
or of what the inbox learnt, of a sender whom nobody here has written to, about no message of ours.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from doorstep.conversations import answers_us
from doorstep.spine.model import Prepared
from doorstep.spine.quarantine.likeness import Learnt, Opinion, opinion
from doorstep.spine.quarantine.model import Acquainted, Ground, KnownWord
from doorstep.spine.quarantine.words import words_of
from doorstep.store import Connection, beside

sql = beside(__file__)

GROUNDS = sql["grounds"].written
"""The statement for what inboxes say of senders; asked with what else a batch needs to know."""

BLOCKED = "Somebody here marked mail of this sender as unwanted in this inbox."


async def judged(on: Connection, batch: Sequence[Prepared], grounds: Mapping[int, Ground]) -> list[Prepared]:
    """The batch, with the reason on each that is to be held back; `grounds` by their places in it."""
    fresh = _fresh(batch)
    learnt = {g.inbox_id: Learnt(g.inbox_id, g.unwanted, g.wanted) for g in grounds.values()}
    learnt = {inbox_id: each for inbox_id, each in learnt.items() if each.is_enough}
    rules = {n: g.is_trusted for n, g in grounds.items() if g.is_trusted is not None}
    reasons = {n: BLOCKED for n, is_trusted in rules.items() if not is_trusted}
    open_ones = {
        n: p
        for n, p in fresh.items()
        if n not in rules and (p.signal.suspicion or p.signal.inbox_id in learnt)
    }
    reasons |= await _suspected(on, open_ones, learnt)
    return [
        msgspec.structs.replace(p, unwanted=reasons[n]) if n in reasons else p for n, p in enumerate(batch)
    ]


def asks(batch: Sequence[Prepared]) -> dict[str, list[Any]]:
    """The parameters of `GROUNDS`: of whom it is asked what their inboxes say and have learnt."""
    fresh = _fresh(batch)
    return {
        "arrivals": list(fresh),
        "at_inboxes": [p.signal.inbox_id for p in fresh.values()],
        "senders": [p.signal.sender.value for p in fresh.values()],
        "domains": [patterns(p.signal.sender.value)[-1] for p in fresh.values()],
    }


def _fresh(batch: Sequence[Prepared]) -> dict[int, Prepared]:
    return {n: p for n, p in enumerate(batch) if not p.is_reading and not p.signal.is_past}


def patterns(sender: str) -> tuple[str, ...]:
    """What a rule for this sender may be written for: the address, then its domain."""
    _, at, domain = sender.rpartition("@")
    return (sender, f"@{domain}") if at else (sender,)


async def _suspected(
    on: Connection, asked: Mapping[int, Prepared], learnt: Mapping[UUID, Learnt]
) -> dict[int, str]:
    """The reasons against those whom nobody here knows."""
    if not asked:
        return {}
    answers = await answers_us(on, [p.signal for p in asked.values()])
    known = await _acquainted(on, asked)
    strange = {
        n: p
        for place, (n, p) in enumerate(asked.items())
        if place not in answers and not known.get(n, False) and (p.signal.suspicion or n not in known)
    }
    opinions = await _opinions(on, strange, learnt)
    found = {n: _reason(p, opinions.get(n), learnt) for n, p in strange.items()}
    return {n: reason for n, reason in found.items() if reason}


def _reason(p: Prepared, thought: Opinion | None, learnt: Mapping[UUID, Learnt]) -> str:
    if p.signal.suspicion:
        return "" if thought and thought.is_wanted else p.signal.suspicion
    if thought is None or not thought.is_unwanted:
        return ""
    like = f"It is like the {learnt[p.signal.inbox_id].unwanted} that were marked as unwanted in this inbox"
    return f"{like}: {', '.join(f'“{word}”' for word in thought.words)}." if thought.words else f"{like}."


async def _acquainted(on: Connection, asked: Mapping[int, Prepared]) -> dict[int, bool]:
    """Of those who are known, whether anybody here has written to them."""
    rows = await sql.rows(
        on,
        "acquainted",
        Acquainted,
        arrivals=list(asked),
        kinds=[p.signal.sender.kind for p in asked.values()],
        values=[p.signal.sender.value for p in asked.values()],
    )
    return {row.arrival: row.is_written for row in rows}


async def _opinions(
    on: Connection, asked: Mapping[int, Prepared], learnt: Mapping[UUID, Learnt]
) -> dict[int, Opinion]:
    words = {n: words_of(p.signal) for n, p in asked.items() if p.signal.inbox_id in learnt}
    pairs = {(asked[n].signal.inbox_id, word) for n, found in words.items() for word in found}
    if not pairs:
        return {}
    rows = await sql.rows(
        on, "known_words", KnownWord, inbox_ids=[p[0] for p in pairs], words=[p[1] for p in pairs]
    )
    known: dict[UUID, dict[int, tuple[int, int]]] = {}
    for row in rows:
        known.setdefault(row.inbox_id, {})[row.word] = (row.unwanted, row.wanted)
    return {
        n: opinion(found, known.get(asked[n].signal.inbox_id, {}), learnt[asked[n].signal.inbox_id])
        for n, found in words.items()
    }
