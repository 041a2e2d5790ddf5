"""What is learnt of half of real mails tells the unwanted of the others, and takes no wanted one for them.

The mails lie outside the repository, in `data/mail` of the folder that DOORSTEP_SHARED names.
"""

import os
import random
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from doorstep.channels import found
from doorstep.kernel import Formats, Inbox, new_id
from doorstep.spine.quarantine.likeness import Learnt, Opinion, opinion
from doorstep.spine.quarantine.words import MOST, words_of
from tests.parts import Spine
from tests.servers.programs import absent

ROOT = Path(__file__).resolve().parents[3]
MAIL = Path(os.environ.get("DOORSTEP_SHARED", ROOT.parent / "shared")) / "data" / "mail" / "spamassassin"
ROUNDS = 6

Mails = list[tuple[bool, dict[int, str]]]


@pytest.fixture(scope="module")
def mails() -> Mails:
    if not MAIL.is_dir():
        absent(f"the real mails are not at {MAIL}; DOORSTEP_SHARED says where they are")
    channel = next(c for c in found().values() if isinstance(c, Formats))
    inbox = Inbox(new_id(), channel.key, "Care", "care@shop.example")  # type: ignore[attr-defined]
    meta = {"received_at": datetime.now(UTC).isoformat()}
    return [
        (path.parent.name.startswith("spam"), words_of(channel.parse(inbox, raw, meta).arrival.signal))  # type: ignore[attr-defined]
        for path in sorted(MAIL.rglob("*.txt"))
        if (raw := path.read_bytes()).strip()
    ]


def judged(mails: Mails, seed: int) -> list[tuple[bool, Opinion]]:
    """Learns one half, judges the other."""
    shuffled = random.Random(seed).sample(mails, len(mails))
    known, rest = shuffled[: len(mails) // 2], shuffled[len(mails) // 2 :]
    counts = {
        kind: Counter(w for is_, words in known if is_ is kind for w in words) for kind in (True, False)
    }
    sizes = Counter(is_unwanted for is_unwanted, _ in known)
    both = {w: (counts[True][w], counts[False][w]) for w in {*counts[True], *counts[False]}}
    learnt = Learnt(new_id(), sizes[True], sizes[False])
    return [(is_unwanted, opinion(words, both, learnt)) for is_unwanted, words in rest]


def test_real_mails(mails: Mails) -> None:
    found_ = [one for seed in range(ROUNDS) for one in judged(mails, seed)]
    wanted = [thought for is_unwanted, thought in found_ if not is_unwanted]
    unwanted = [thought for is_unwanted, thought in found_ if is_unwanted]
    wrongly = sum(thought.is_unwanted for thought in wanted) / len(wanted)
    rightly = sum(thought.is_unwanted for thought in unwanted) / len(unwanted)
    acquitted = sum(thought.is_wanted for thought in unwanted) / len(unwanted)
    print(f"{len(wanted)} wanted: {wrongly:.2%} held; {len(unwanted)} unwanted: {rightly:.1%} held, ", end="")
    print(f"{acquitted:.1%} acquitted")
    assert len(wanted) > 500
    assert wrongly <= 0.002
    assert rightly >= 0.5
    assert acquitted <= 0.06


def test_words_are_bounded(spine: Spine) -> None:
    signal = spine.signal(text=" ".join(f"word{n}" for n in range(100_000)), subject="x " * 10_000)
    assert len(words_of(signal)) <= MOST


def test_nothing_known_says_nothing() -> None:
    assert opinion({1: "a"}, {}, Learnt(new_id(), 20, 20)) == Opinion(0.5)
    assert not Learnt(new_id(), 19, 20).is_enough
