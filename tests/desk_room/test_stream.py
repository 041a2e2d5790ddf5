"""The live stream: every change once, in order, over many connections; it ends with the session."""

import asyncio
import socket
from collections.abc import AsyncIterator
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest

from doorstep.desk.stream import MOST_WAITING, Listener, stream
from doorstep.kernel import new_id
from doorstep.people import COOKIE, Role
from doorstep.store import Event, Follower, outbox
from doorstep.store.sequencer import sequence
from tests.desk_room.conftest import Desk
from tests.desk_room.ears import Frame, frames, listening
from tests.parts import Spine, until

DONE = "thing.done"


async def next_of(heard: AsyncIterator[Frame], seconds: float = 10) -> Frame:
    async with asyncio.timeout(seconds):
        return await anext(heard)


async def subjects(heard: AsyncIterator[Frame], last: UUID) -> list[str]:
    """The subjects of what is heard, up to `last`."""
    found: list[str] = []
    while not found or found[-1] != str(last):
        frame = await next_of(heard)
        assert frame.event == "change", frame
        if frame.data["kind"] == DONE:
            found.append(frame.data["subject_id"])
    return found


async def test_a_change_is_heard_as_it_happens(desk: Desk) -> None:
    async with listening(desk.maren) as heard:
        assert (await next_of(heard)).event == "hello"
        subject = new_id()
        began = asyncio.get_running_loop().time()
        await desk.tell(DONE, subject)
        frame = await next_of(heard)
        assert asyncio.get_running_loop().time() - began < 1
    assert frame.id == frame.data["seq"]
    assert (frame.data["kind"], frame.data["subject_id"], frame.data["data"]) == (DONE, str(subject), {})


async def test_resumed_again_and_again_it_loses_and_doubles_nothing(desk: Desk) -> None:
    told = [new_id() for _ in range(600)]
    others = len(desk.house.house.follower._heard)

    async def happen() -> None:
        for start in range(0, len(told), 5):
            await desk.tell(DONE, *told[start : start + 5])
            await asyncio.sleep(0.005)

    async with listening(desk.maren) as heard:
        last = (await next_of(heard)).id
    happening = asyncio.create_task(happen())
    seen: list[str] = []
    connections = 0
    while len(seen) < len(told):
        connections += 1
        async with listening(desk.maren, last) as heard:
            assert (await next_of(heard)).event == "hello"
            for _ in range(min(7 * connections, len(told) - len(seen))):
                frame = await next_of(heard)
                assert frame.event == "change"
                last = frame.id
                seen.append(frame.data["subject_id"])
    await happening
    assert connections > 5
    assert seen == [str(subject) for subject in told]
    await until(lambda: len(desk.house.house.follower._heard) == others)


async def test_what_is_gone_or_never_was_is_answered_by_a_reset(desk: Desk) -> None:
    await desk.tell(DONE, *[new_id() for _ in range(20)])
    follower = desk.house.house.follower
    await until(lambda: follower.seq >= 20)
    await desk.spine.run("delete from event where seq <= 10")
    for last in (3, 10**15):
        async with listening(desk.maren, last) as heard:
            assert [(await next_of(heard)).event for _ in range(2)] == ["hello", "reset"]
            subject = new_id()
            await desk.tell(DONE, subject)
            assert await subjects(heard, subject) == [str(subject)]
    async with listening(desk.maren, 10) as heard:
        assert [(await next_of(heard)).event for _ in range(2)] == ["hello", "change"]


@pytest.mark.parametrize("last", ["²", "-1", "x", "9" * 30, ""])
async def test_a_number_that_is_none_is_no_error(desk: Desk, last: str) -> None:
    headers = {"Last-Event-ID": last.encode("latin-1")}
    async with desk.maren.stream("GET", "/api/stream", headers=headers) as answer:
        assert answer.status_code == 200
        assert (await next_of(frames(answer.aiter_lines()))).event == "hello"


async def test_what_is_for_the_audit_is_not_shown(desk: Desk) -> None:
    await desk.come_in(desk.spine.signal())
    (row,) = (await desk.maren.get("/api/queue?view=team")).json()["rows"]
    async with listening(desk.maren) as heard:
        assert (await next_of(heard)).event == "hello"
        assert (await desk.maren.get(f"/api/customers/{row['customer_id']}/view")).status_code == 200
        async with desk.also("leo@shop.example"):
            pass
        await desk.tell("password.changed", new_id())
        subject = new_id()
        await desk.tell(DONE, subject)
        frame = await next_of(heard)
        assert frame.data["subject_id"] == str(subject)
    kinds = {str(row["kind"]) for row in await desk.spine.rows("select kind from event")}
    assert {"customer.read", "session.started", "agent.added", "password.changed"} <= kinds


async def test_it_ends_when_its_session_ends_and_others_go_on(desk: Desk) -> None:
    async with desk.also("leo@shop.example") as leo, listening(leo) as his, listening(desk.maren) as hers:
        await next_of(his)
        await next_of(hers)
        async with httpx.AsyncClient(base_url=desk.house.address, cookies=desk.maren.cookies) as same:
            same.headers["X-CSRF-Token"] = desk.maren.headers["X-CSRF-Token"]
            assert (await same.delete("/api/session")).status_code == 204
        with pytest.raises(StopAsyncIteration):
            await next_of(hers, 3)
        subject = new_id()
        await desk.tell(DONE, subject)
        assert (await next_of(his)).data["subject_id"] == str(subject)
    assert (await desk.maren.get("/api/stream")).status_code == 401


async def test_another_session_of_the_same_agent_goes_on(desk: Desk) -> None:
    async with httpx.AsyncClient(base_url=desk.house.address) as other:
        sign_in = {"sign_in": "maren@shop.example", "password": "a long enough password"}
        other.headers["X-CSRF-Token"] = (await other.post("/api/session", json=sign_in)).json()["csrf"]
        async with listening(desk.maren) as heard:
            await next_of(heard)
            assert (await other.delete("/api/session")).status_code == 204
            subject = new_id()
            await desk.tell(DONE, subject)
            assert (await next_of(heard)).data["subject_id"] == str(subject)


async def test_it_ends_when_the_agent_leaves(desk: Desk) -> None:
    async with (
        desk.also("ada@shop.example", Role.ADMINISTRATOR) as ada,
        listening(desk.maren) as heard,
    ):
        await next_of(heard)
        agents = (await ada.get("/api/agents")).json()
        maren = next(agent["id"] for agent in agents if agent["sign_in"] == "maren@shop.example")
        assert (await ada.delete(f"/api/agents/{maren}")).is_success
        with pytest.raises(StopAsyncIteration):
            await next_of(heard, 3)


async def test_a_session_that_ran_out_is_noticed_though_nobody_tells_it(spine: Spine) -> None:
    welcome = [True, True, False]

    async def is_welcome() -> bool:
        return welcome.pop(0)

    follower = Follower(spine.db, spine.bus)
    async with asyncio.timeout(5):
        said = [
            frame async for frame in stream(spine.db, follower, Listener(new_id(), is_welcome, 0.02), None)
        ]
    assert said[1:] == [b": alive\n\n"] * 2
    assert welcome == []


async def always() -> bool:
    return True


async def test_a_reader_who_stops_is_told_to_begin_anew_and_not_kept_waiting_lines(spine: Spine) -> None:
    follower = Follower(spine.db, spine.bus)
    running = asyncio.create_task(follower.run())
    said = stream(spine.db, follower, Listener(new_id(), always), None)
    assert b"hello" in await anext(said)
    await happen(spine, 1)
    await until(lambda: follower.seq == 1)
    assert b"id: 1\nevent: change" in await anext(said)
    await happen(spine, 2 * MOST_WAITING + 500)
    await until(lambda: follower.seq == 2 * MOST_WAITING + 501)
    async with asyncio.timeout(5):
        first = await anext(said)
        rest = [first]
        while f"id: {follower.seq}\n".encode() not in rest[-1]:
            rest.append(await anext(said))
    assert b"event: reset" in first
    assert all(b"event: change" in frame for frame in rest[1:])
    assert len(rest) <= MOST_WAITING
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await said.aclose()  # type: ignore[attr-defined]


async def happen(spine: Spine, count: int) -> None:
    async with spine.db.transaction() as tx:
        await outbox.tell_many(tx, DONE, [(None, None, new_id()) for _ in range(count)])
    while await sequence(spine.db):
        pass
    spine.bus.wake("events")


async def test_a_slow_line_catches_up_by_a_reset(desk: Desk) -> None:
    many = 30_000
    with socket.socket() as line:
        where = urlsplit(desk.house.address)
        line.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(line, (where.hostname, where.port))
        cookie = desk.maren.cookies[COOKIE]
        await loop.sock_sendall(
            line, f"GET /api/stream HTTP/1.0\r\nHost: x\r\nCookie: {COOKIE}={cookie}\r\n\r\n".encode()
        )
        said = bytearray(await loop.sock_recv(line, 4096))
        assert b"200" in said
        follower = desk.house.house.follower
        await desk.spine.run(
            "insert into outbox (id, kind) select gen_random_uuid(), $1 from generate_series(1, $2)",
            DONE,
            many,
        )
        await until(lambda: follower.seq >= many, 30)
        async with asyncio.timeout(30):
            while f"id: {follower.seq}\n".encode() not in said[-2000:]:
                said += await loop.sock_recv(line, 65536)
    assert said.count(b"event: reset") >= 1
    assert said.count(b"event: change") < many
    tail = said[said.rindex(b"event: reset") :]
    numbers = [int(piece.split(b"\n")[0]) for piece in tail.split(b"\nid: ")[1:]]
    assert numbers == list(range(numbers[0], follower.seq + 1))


def test_what_concerns_a_session_is_known_by_whose_it_is() -> None:
    agent_id = new_id()
    listener = Listener(agent_id, always)

    def concerns(kind: str, subject_id: UUID) -> bool:
        return listener.concerns(
            Event(1, None, kind, None, None, subject_id, None, "{}")  # type: ignore[arg-type]
        )

    assert all(concerns(kind, agent_id) for kind in ("session.ended", "agent.ended", "password.changed"))
    assert not concerns("session.ended", new_id())
    assert not concerns("conversation.took", agent_id)
