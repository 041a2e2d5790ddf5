"""How a trial did on a world: what share of signals found their person on arrival, and a wrong one."""

import re
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from doorstep.cli.stream.answer import told as answered
from doorstep.cli.stream.lines import Line, name_of
from doorstep.cli.stream.trial import Trial
from tests.stream.world import Told, World


@dataclass
class Verdict:
    """Counts of signals whose person was there before."""

    counts: Counter[str] = field(default_factory=Counter)
    forged_wrong: int = 0
    records: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, dict[str, Any], list[str], list[str]]] = field(default_factory=list)
    """What went wrong: how, the line, the answer's reasons, and the lines it was put with."""

    @property
    def found(self) -> float:
        """The share that found their person."""
        return self.counts["found"] / max(1, sum(self.counts.values()))

    @property
    def wrong(self) -> float:
        """The share that found another one's story."""
        return self.counts["wrong"] / max(1, sum(self.counts.values()))


async def judge(trial: Trial, world: World) -> Verdict:
    """Every line, in lock-step."""
    verdict, mine = Verdict(), defaultdict[str, Counter[int]](Counter)
    seen: set[int] = set()
    had, there_by_then = defaultdict[int, set[str]](set), defaultdict[str, list[str]](list)
    forged: list[tuple[UUID, int]] = []
    take: dict[str, Callable[[Any], Awaitable[Any]]] = {
        "record": trial.record, "order": trial.order, "signal": trial.signal
    }  # fmt: skip
    for told in world.lines:
        there = await take[told.line["kind"]](told.line["data"])
        answer = answered(there, False)
        cluster = str(answer["cluster"] if isinstance(answer["cluster"], UUID) else "?")
        what = _what(
            mine[cluster] if cluster != "?" else Counter(), told.person, cluster, told.person in seen
        )
        keys = _keys(told.line["data"])
        if what == "missed" and not keys & had[told.person]:
            what = "unknowable"
        had[told.person] |= keys
        if told.names is not None:
            verdict.forged_wrong += told.names in mine[cluster]
            forged.append((there.customer_id, told.names))
        elif told.line["kind"] == "signal":
            if told.person in seen:
                verdict.counts[what] += 1
            elif what == "wrong":
                verdict.counts["wrong"] += 1
        else:
            verdict.records[what] += 1
        if what in ("wrong", "missed", "asked", "unknowable"):
            put_with = [str(told.person), *there_by_then[cluster]]
            verdict.examples.append((what, told.line["data"], answer["because"], put_with))
        if cluster != "?":
            mine[cluster][told.person] += 1
            there_by_then[cluster].append(f"{told.person}: {name_of(_line(told))}")
        seen.add(told.person)
    ends = await trial.in_the_end([customer_id for customer_id, _ in forged])
    verdict.forged_wrong += sum(names in mine[str(ends[customer_id])] for customer_id, names in forged)
    return verdict


def _line(told: Told) -> Line:
    return Line(told.line["kind"], told.line["data"])


def _keys(data: Any) -> set[str]:
    """Every key on a line, roughly: what was never seen before nobody can know."""
    said = [data.get(k) for k in ("email", "loyalty_no", "handle", "card", "order_no", "external_id")]
    attested = data.get("attested", {})
    said += [attested.get(k) for k in ("account", "loyalty_no", "registered_to", "card_seen", "device_id")]
    said += [*data.get("references", {}).values(), *re.findall(r"A-\d{5}", data.get("text", ""))]
    address = data.get("from", {}).get("address", "")
    phone = "".join(filter(str.isdigit, data.get("phone") or address))
    said += [data.get("from", {}).get("email"), address if "@" in address else ""]
    return {str(k).lower() for k in [*said, phone[-8:] if len(phone) > 7 else ""] if k}


def _what(there: Counter[int], person: int, cluster: str, was_seen: bool) -> str:
    if cluster == "?":
        return "asked"
    if not there:
        return "missed" if was_seen else "new"
    return "found" if there.most_common(1)[0][0] == person else "wrong"
