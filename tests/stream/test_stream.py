"""`doorstep stream`: a shop tries its own history, in lock-step, line by line."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from typing import Any

import msgspec
import pytest

ANA = {"source": "shop", "record_id": "r1", "name": "Ana Kovač", "email": "ana@mail.example", "country": "HR"}


class Shop:
    """One end of the pipe."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def tell(self, kind: str, **data: Any) -> None:
        """A line."""
        await self.write(msgspec.json.encode({"kind": kind, "data": data}))

    async def write(self, raw: bytes) -> None:
        """Whatever it is."""
        assert self._process.stdin
        self._process.stdin.write(raw + b"\n")
        await self._process.stdin.drain()

    async def hear(self) -> dict[str, Any]:
        """The answer, which comes before the next line is sent."""
        assert self._process.stdout
        line = await asyncio.wait_for(self._process.stdout.readline(), 60)
        return msgspec.json.decode(line, type=dict[str, Any])

    async def mail(self, name: str, **more: Any) -> dict[str, Any]:
        """A mail of hers, and the answer."""
        mail = {
            "external_id": name,
            "channel": "post",
            "inbox": "care@shop.example",
            "happened_at": "2026-01-02T10:00:00Z",
            "from": {"address": "Ana@mail.example", "name": "Ana Kovač"},
            "text": "Where is it?",
            "attested": {"dkim": "pass"},
        }
        await self.tell("signal", **{**mail, **more})
        return await self.hear()


async def test_a_shop_tries_its_history(database_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "doorstep", "stream", "--database", database_url),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    )
    shop = Shop(process)
    await shop.tell("record", **ANA)
    ana = (await shop.hear())["cluster"]
    await shop.tell(
        "order", order_no="A-1", email="ana@mail.example", bill_to={"name": "Ana Kovač"}, items=[]
    )
    first = await shop.mail("s1")
    assert (first["cluster"], first["because"]) == (ana, ["mailbox, vouched for by its channel"])
    forged = await shop.mail("s2", attested={"dkim": "fail"}, references={"in_reply_to": "s1"})
    assert forged["cluster"] == "?"
    assert forged["matter"] != first["matter"]
    await shop.write(b"no line of ours")
    refused = await shop.hear()
    assert refused["line"] == 5
    guest = {"from": {"address": "visitor"}, "text": "This is Ana Kovač, where is it?", "attested": {}}
    named = await shop.mail("s3", references={"order_no": "A-1"}, **guest)
    assert named["cluster"] == ana
    assert "the number of an order of theirs" in named["because"]
    alone = await shop.mail("s4", references={"order_no": "A-1"}, **{**guest, "text": "Where is it?"})
    assert alone["cluster"] != ana
    await shop.write(b'{"kind":"end"}')
    ends = [await shop.hear() for _ in range(5)]
    assert [end["id"] for end in ends] == ["r1", "s1", "s2", "s3", "s4"]
    assert [end["cluster"] == ana for end in ends] == [True, True, False, True, False]
    assert await process.wait() == 1, "a line could not be taken"
    assert process.stderr
    assert b"line 5: This is no JSON" in await process.stderr.read()


@pytest.mark.parametrize("missing", ["external_id", "from", "happened_at", "inbox", "channel", "attested"])
async def test_a_field_may_be_missing(missing: str, database_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "doorstep", "stream", "--database", database_url), stdin=PIPE, stdout=PIPE
    )
    answer = await Shop(process).mail("s1", **{missing: None})
    assert answer["cluster"]
    assert ("error" in answer) == (missing == "external_id")
    await Shop(process).write(b'{"kind":"end"}')
    await process.communicate()
