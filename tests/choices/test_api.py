"""By the API: who notes a choice, what a reply against it is told, and that the try is counted."""

from pathlib import Path

import httpx

from doorstep.app import House, web
from doorstep.kernel import SystemClock
from doorstep.people import COOKIE
from doorstep.settings import Settings
from doorstep.store import DiskFiles, Follower
from doorstep.testing import MemoryChannel
from tests.house_edge.house import URL, begin
from tests.parts import Spine


async def test_a_reply_against_a_choice_is_refused_with_the_reason_and_counted(
    spine: Spine, tmp_path: Path
) -> None:
    conversation_id, me = await spine.opened(), await spine.hire()
    customer_id = await spine.value("select customer_id from conversation")
    channels, follower = {"memory": MemoryChannel()}, Follower(spine.db, spine.bus)
    files = DiskFiles(tmp_path)
    house = House(
        Settings(public_url=URL), "", spine.db, spine.bus, files, spine.edge, channels, follower, {}
    )
    app = web(house)
    token, session = await begin(spine.db, me.agent_id, SystemClock())
    agent = httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False),
        base_url=URL,
        headers={"X-CSRF-Token": session.csrf},
        cookies={COOKIE: token},
    )
    at = f"/api/customers/{customer_id}/choices"
    noted = await agent.put(at, json={"choices": {"refused": ["memory"]}, "how": "on the phone"})
    assert noted.status_code == 200
    assert (noted.json()["said_by"], noted.json()["agent_name"]) == ("agent", "Maren")
    assert (await agent.put(at, json={"choices": {"refused": ["pigeon"]}})).json()[
        "field"
    ] == "choices.refused"
    head = (await agent.get(f"/api/conversations/{conversation_id}")).json()
    assert head["refusal"] == "The customer chose not to be written to by Memory."

    await spine.told()
    stopped = await agent.post(f"/api/conversations/{conversation_id}/replies", json={"text": "Hello"})
    assert stopped.status_code == 403
    assert stopped.headers["content-type"] == "application/problem+json"
    told = stopped.json()
    assert told["type"] == "urn:doorstep:problem:against-choice"
    assert told["detail"] == "The customer chose not to be written to by Memory."
    assert [(e["kind"], e["actor_id"]) for e in await spine.told()] == [
        ("choice.violation_refused", me.agent_id)
    ]
    metrics = await agent.get("/metrics")
    assert "doorstep_choice_violations_refused 1.0" in metrics.text
    assert await spine.value("select count(*) from interaction where direction = 'out'") == 0
    assert (await agent.get("/api/choices/refused")).status_code == 403
