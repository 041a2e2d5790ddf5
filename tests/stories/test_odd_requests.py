"""What no browser sends is refused with a reason, and never by a failure of ours."""

import httpx

from doorstep.kernel import new_id
from doorstep.people import Role
from tests.stories.conftest import Served


async def test_odd_values_are_refused_in_words(house: Served) -> None:
    async with house.signed_in("eleni@shop.example", Role.ADMINISTRATOR) as desk:
        deep = b'{"text": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
        inbox = {"channel": "memory", "name": "A", "address": "a@b.example", "reply_within_s": 2**31}
        answers = {
            "audit": await desk.get(f"/api/audit?before={2**63}"),
            "version": await desk.post(f"/api/conversations/{new_id()}/take", json={"version": 2**31}),
            "inbox": await desk.post("/api/inboxes", json=inbox),
            "deep": await desk.post(f"/api/conversations/{new_id()}/notes", content=deep),
        }
        for name, answer in answers.items():
            assert answer.status_code == 400, (name, answer.text)
            assert answer.headers["content-type"].startswith("application/problem+json"), name
        strange = await desk.post("/api/inboxes", json=inbox, headers={"Origin": "http://[::1"})
        assert strange.status_code == 403


async def test_odd_paths_are_pages_that_are_not_there(house: Served) -> None:
    async with httpx.AsyncClient(base_url=house.address, headers={"Accept": "text/html"}) as anyone:
        for path in ("/%00", "/" + "a" * 5_000):
            assert (await anyone.get(path)).status_code in {200, 404, 414}, path
