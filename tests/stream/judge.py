"""How a trial did on a world: what share of signals found their person on arrival, and a wrong one."""

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from doorstep.cli.stream.answer import told as answered
from doorstep.cli.stream.trial import Trial
from tests.stream.world import World


@dataclass
class Verdict:
    """Counts of signals whose person was there before."""

    counts: Counter[str] = field(default_factory=Counter)
    forged_wrong: int = 0
    records: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, dict[str, Any], list[str]]] = field(default_factory=list)

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
    had = defaultdict[int, set[str]](set)
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
        elif told.line["kind"] == "signal":
            if told.person in seen:
                verdict.counts[what] += 1
            elif what == "wrong":
                verdict.counts["wrong"] += 1
        else:
            verdict.records[what] += 1
        if what in ("wrong", "missed", "asked"):
            verdict.examples.append((what, told.line["data"], answer["because"]))
        if cluster != "?":
            mine[cluster][told.person] += 1
        seen.add(told.person)
    return verdict


def _keys(data: Any) -> set[str]:
    """Every key on a line, roughly: what was never seen before nobody can know."""
    said = [data.get(k) for k in ("email", "loyalty_no", "handle", "card", "order_no", "external_id")]
    attested = data.get("attested", {})
    said += [attested.get(k) for k in ("account", "loyalty_no", "registered_to", "card_seen", "device_id")]
    said += [*data.get("references", {}).values()]
    address = data.get("from", {}).get("address", "")
    phone = "".join(filter(str.isdigit, data.get("phone") or address))
    return {str(k).lower() for k in [*said, address, phone[-8:] if len(phone) > 7 else ""] if k}


def _what(there: Counter[int], person: int, cluster: str, was_seen: bool) -> str:
    if cluster == "?":
        return "asked"
    if not there:
        return "missed" if was_seen else "new"
    return "found" if there.most_common(1)[0][0] == person else "wrong"
