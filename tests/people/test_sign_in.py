"""An agent signs in; somebody who is not an agent tries for a long time."""

import asyncio
from datetime import timedelta

import argon2
import httpx
import pytest

from doorstep.people import COOKIE, Role
from doorstep.people.lock_out import BY_NETWORK, count_failure
from doorstep.store import Database
from tests.house_edge.house import PASSWORD, House, hire, house, told


@pytest.fixture
async def desk(database: Database) -> House:
    await hire(database, Role.AGENT, "mia")
    return house(database)


async def try_it(
    browser: httpx.AsyncClient, name: str = "mia", password: str = "not the password"
) -> httpx.Response:
    return await browser.post("/api/session", json={"sign_in": name, "password": password})


async def test_an_agent_signs_in_and_is_known(desk: House) -> None:
    browser = desk.browser()
    answer = await try_it(browser, " MIA ", PASSWORD)
    assert answer.status_code == 201
    assert answer.json().keys() == {"agent_id", "name", "role", "sign_in", "csrf", "must_change_password"}
    assert (await browser.get("/api/session")).json() == answer.json()
    assert [kind for kind, *_ in await told(desk.db)] == ["session.started"]


async def test_the_cookie_is_for_no_script_and_no_other_site(desk: House) -> None:
    cookie = (await try_it(desk.browser(), password=PASSWORD)).headers["Set-Cookie"]
    name, *flags = [part.strip() for part in cookie.split(";")]
    assert name.startswith(f"{COOKIE}=")
    assert {flag.lower() for flag in flags} == {"httponly", "path=/", "samesite=lax"}


async def test_over_https_the_cookie_stays_there(database: Database) -> None:
    await hire(database, Role.AGENT, "mia")
    browser = house(database, public_url="https://desk.test").browser()
    assert "Secure" in (await try_it(browser, password=PASSWORD)).headers["Set-Cookie"]


async def test_the_database_knows_no_token_and_no_password(desk: House) -> None:
    browser = desk.browser()
    await try_it(browser, password=PASSWORD)
    async with desk.db.connection() as on:
        session = str(await on.fetch("select * from session"))
        stored = await on.fetchval("select password from agent")
    assert browser.cookies[COOKIE] not in session
    assert PASSWORD not in stored


async def test_an_old_hash_is_made_anew(desk: House) -> None:
    await try_it(desk.browser(), password=PASSWORD)
    async with desk.db.connection() as on:
        stored = await on.fetchval("select password from agent")
    assert argon2.extract_parameters(stored).memory_cost == 65536
    assert (await try_it(desk.browser(), password=PASSWORD)).status_code == 201


@pytest.mark.parametrize(("name", "password"), [("mia", "wrong"), ("nobody", PASSWORD), ("mia\x01", "x")])
async def test_what_does_not_fit_is_refused_in_the_same_words(desk: House, name: str, password: str) -> None:
    answer = await try_it(desk.browser(), name, password)
    assert answer.status_code == 401
    assert answer.json()["detail"] == "The name or the password is not right."
    assert "Set-Cookie" not in answer.headers


async def test_a_name_that_cannot_be_stored_is_no_crash(desk: House) -> None:
    assert (await try_it(desk.browser(), "mia\x00")).status_code == 400


async def test_a_failure_is_told_without_name_or_password(desk: House) -> None:
    await try_it(desk.browser(), "Mia.Secret", "hunter2hunter2")
    [(kind, actor, data)] = await told(desk.db)
    assert (kind, actor) == ("session.failed", None)
    assert "name_sha256" in data
    assert "secret" not in data.lower()
    assert "hunter2" not in data


@pytest.mark.parametrize("name", ["mia", "nobody"])
async def test_the_sixth_try_of_a_name_waits_whatever_the_password(desk: House, name: str) -> None:
    for _ in range(5):
        assert (await try_it(desk.browser(), name)).status_code == 401
        desk.clock.turn(timedelta(minutes=1))
    answer = await try_it(desk.browser("10.1.1.1"), name, PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "600"
    assert answer.json()["retry_at"] == "2026-03-02T12:15:00Z"
    assert answer.json()["detail"] == "Too many failed tries. Come back in 10 minutes."


async def test_after_the_lock_out_the_right_password_is_right_again(desk: House) -> None:
    for _ in range(5):
        await try_it(desk.browser())
    desk.clock.turn(timedelta(minutes=14, seconds=59))
    assert (await try_it(desk.browser(), password=PASSWORD)).status_code == 429
    desk.clock.turn(timedelta(seconds=2))
    assert (await try_it(desk.browser(), password=PASSWORD)).status_code == 201


async def test_getting_in_forgets_the_failures(desk: House) -> None:
    for _ in range(4):
        await try_it(desk.browser())
    assert (await try_it(desk.browser(), password=PASSWORD)).status_code == 201
    assert (await try_it(desk.browser())).status_code == 401
    assert (await try_it(desk.browser(), password=PASSWORD)).status_code == 201


async def test_a_network_that_tries_hundreds_of_names_is_locked_out(desk: House) -> None:
    async with desk.db.transaction() as tx:
        for number in range(BY_NETWORK - 1):
            await count_failure(tx, f"guess{number}", "2001:db8::1", desk.clock.now())
    assert (await try_it(desk.browser("2001:db8::3"), "one more")).status_code == 401
    assert (await try_it(desk.browser("2001:db8::2"), password=PASSWORD)).status_code == 429
    assert (await try_it(desk.browser("2001:db8:0:1::2"), password=PASSWORD)).status_code == 201


async def test_many_tries_at_once_are_counted_too(desk: House) -> None:
    answers = await asyncio.gather(*(try_it(desk.browser()) for _ in range(20)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses.count(401) <= 6
    assert set(statuses) == {401, 429}


async def test_old_failures_are_swept(desk: House) -> None:
    for _ in range(3):
        await try_it(desk.browser())
    desk.clock.turn(timedelta(minutes=16))
    await try_it(desk.browser())
    async with desk.db.connection() as on:
        assert await on.fetchval("select count(*) from sign_in_failure") == 2


async def test_another_sites_form_signs_nobody_in(desk: House) -> None:
    for header in ({"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await try_it(desk.browser(**header), password=PASSWORD)
        assert answer.status_code == 403
    assert (await try_it(desk.browser(Origin="http://desk.test"), password=PASSWORD)).status_code == 201
