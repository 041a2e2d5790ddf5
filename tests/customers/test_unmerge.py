"""Merge, any k events, unmerge: the same k events as if nobody had ever been merged."""

import os
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.customers.worlds import Event, World
from tests.parts import Spine

KINDS = [
    "mail",
    "mail",
    "mail",
    "cross",
    "cross",
    "order",
    "bounce",
    "reply",
    "note",
    "change",
    "join",
    "separate",
    "split",
    "unsplit",
]
EVENTS = st.lists(
    st.builds(Event, st.sampled_from(KINDS), st.integers(0, 1), st.integers(-1, 3), st.integers(0, 5)),
    min_size=1,
    max_size=12,
)


async def both(spine: Spine, events: list[Event], after: list[Event]) -> tuple[list[bytes], list[bytes]]:
    me = await spine.hire(f"m{uuid4().hex}")
    merged, apart = (World(spine, f"{which}{uuid4().hex[:8]}", me) for which in "mn")
    await merged.begin()
    await merged.merge()
    could = [await merged.happen(event) for event in events]
    await merged.unmerge()
    await apart.begin()
    for event, happened in zip(events, could, strict=True):
        if happened:
            await apart.happen(event)
        else:
            apart.steps += 1
    for event in after:
        assert await merged.happen(event) == await apart.happen(event)
    return await merged.holds(), await apart.holds()


@settings(
    max_examples=int(os.environ.get("DOORSTEP_EXAMPLES", "15")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(events=EVENTS, after=EVENTS)
async def test_unmerged_they_stand_as_if_never_merged(
    spine: Spine, events: list[Event], after: list[Event]
) -> None:
    was_merged, never = await both(spine, events, after[:3])
    assert was_merged == never
