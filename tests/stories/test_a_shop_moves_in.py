"""A shop moves in: its mailbox is sent by the administrator, and its years stand in the stories."""

from pathlib import Path
from typing import Any

import httpx

from doorstep.people import Role
from doorstep.settings import Imports, Settings
from tests.parts import until
from tests.spine.moving import CARE, OLD, mbox, threads
from tests.stories.conftest import Served, served

SPAM = b"From: a@b.example\nX-Gmail-Labels: Spam\nMessage-ID: =cmd()\n\nBuy\n"


async def sent(client: httpx.AsyncClient, inbox_id: object, content: bytes, name: str = "All.mbox") -> Any:
    asked = {"inbox_id": str(inbox_id), "name": name, "ours": OLD}
    return await client.post("/api/imports", params=asked, content=content)


async def ended(client: httpx.AsyncClient, import_id: str) -> Any:
    async def is_over() -> bool:
        state: str = (await client.get(f"/api/imports/{import_id}")).json()["state"]
        return state not in ("waiting", "running")

    await until(is_over, within=60)
    return (await client.get(f"/api/imports/{import_id}")).json()


async def test_a_mailbox_is_sent_and_taken(house: Served, tmp_path: Path) -> None:
    inbox_id = await house.add_inbox(CARE)
    mails = [mail.raw for mail in threads(40)]
    content = mbox(tmp_path / "All.mbox", [*mails, SPAM]).read_bytes()
    async with house.signed_in("ada@shop.example", Role.ADMINISTRATOR) as client:
        answer = await sent(client, inbox_id, content)
        assert answer.status_code == 201, answer.text
        came = await ended(client, answer.json()["id"])
        assert (came["state"], came["taken"], came["refused"]) == ("done", len(mails), 1)
        assert (came["name"], came["agent_name"]) == ("All.mbox", "Ada")
        where = f"/api/imports/{came['id']}"
        (refused,) = (await client.get(f"{where}/refusals")).json()["rows"]
        assert refused["reason"] == "It lay in spam there."
        report = await client.get(f"{where}/report")
        assert report.headers["content-type"].startswith("text/csv")
        assert report.text.splitlines()[1].endswith("It lay in spam there.")
        assert [row["id"] for row in (await client.get("/api/imports")).json()["rows"]] == [came["id"]]

        async def is_filed() -> bool:
            async with house.house.db.connection() as on:
                return bool(await on.fetchval("select count(*) = $1 from interaction", len(mails)))

        await until(is_filed, within=60)
        queue = (await client.get("/api/queue?view=all&state=open")).json()
        assert queue["rows"] == []
    assert not list((house.house.settings.data / "imports").iterdir())


async def test_it_goes_on_after_a_restart(settings: Settings, tmp_path: Path) -> None:
    mails = [mail.raw for mail in threads(300)]
    content = mbox(tmp_path / "All.mbox", mails).read_bytes()
    async with served(settings) as house:
        inbox_id = await house.add_inbox(CARE)
        async with house.signed_in("ada@shop.example", Role.ADMINISTRATOR) as client:
            import_id = (await sent(client, inbox_id, content)).json()["id"]

            async def has_begun() -> bool:
                return int((await client.get(f"/api/imports/{import_id}")).json()["place"]) > 0

            await until(has_begun, within=30)
    async with served(settings) as house, house.signed_in("bo@shop.example", Role.ADMINISTRATOR) as client:
        came = await ended(client, import_id)
    assert (came["state"], came["taken"], came["known"]) == ("done", len(mails), 0)


async def test_what_is_too_large_or_wrong_is_refused(settings: Settings) -> None:
    import msgspec

    small = msgspec.structs.replace(settings, imports=Imports(upload_bytes=1000))
    async with served(small) as house:
        inbox_id = await house.add_inbox(CARE)
        async with house.signed_in("ada@shop.example", Role.ADMINISTRATOR) as client:
            assert (await sent(client, inbox_id, b"x" * 1001)).status_code == 413
            assert (await sent(client, inbox_id, b"")).status_code == 400
            assert (await sent(client, "018f3f00-0000-7000-8000-000000000000", b"x")).status_code == 404
            none = (await sent(client, inbox_id, b"\x89PNG not mail", "logo.png")).json()
            came = await ended(client, none["id"])
            assert (came["state"], came["taken"], came["refused"]) == ("done", 0, 1)
            gone = await client.get("/api/imports/018f3f00-0000-7000-8000-000000000000/report")
            assert gone.status_code == 404
            assert not list((small.data / "imports").iterdir())
