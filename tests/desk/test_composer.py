"""The composer: rich words, files among and beside them, a draft that follows, and nobody talked over."""

from pathlib import Path

import msgspec
import pytest
from playwright.async_api import Page, expect

from doorstep.kernel import new_id
from tests.desk.conftest import Open
from tests.desk.screens import post, window
from tests.desk.test_screens import WIDE, first_conversation

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e2"
    "21bc330000000049454e44ae426082"
)


PHONE = (390, 844)


async def begin(at: Page, words: str) -> None:
    await at.keyboard.press("r")
    await expect(at.locator(".write.rich")).to_be_focused()
    await at.keyboard.type(words)


async def drafts(desk: Open) -> list[tuple[str, str]]:
    async with desk.house.house.db.connection() as on:
        return [
            (row["mode"], row["html"])
            for row in await on.fetch("select mode, html from draft where version > 0")
        ]


async def sent_html(desk: Open) -> str:
    async with desk.house.house.db.connection() as on:
        return str(
            await on.fetchval("select html from interaction where direction = 'out' order by id desc limit 1")
        )


async def test_bold_words_a_list_and_a_link_leave_as_they_stand(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        await at.go(await first_conversation(at.page))
        await begin(at.page, "Your parcel is ")
        await at.page.keyboard.press("Control+b")
        await at.page.keyboard.type("found")
        await at.page.keyboard.press("Control+b")
        await at.page.keyboard.type(".")
        await at.page.keyboard.press("Enter")
        await at.page.get_by_role("button", name="List", exact=True).click()
        await at.page.keyboard.type("with you tomorrow")
        await at.page.get_by_role("button", name="Link", exact=True).click()
        await at.page.get_by_label("Link to").fill("shop.example/track")
        await at.page.keyboard.press("Enter")
        await at.shot("composer-rich-light")
        await at.page.keyboard.press("Control+Enter")
        await at.page.get_by_role("button", name="Undo").wait_for()
        html = await sent_html(desk)
        assert "<strong>found</strong>" in html
        assert "<li>" in html
        assert 'href="https://shop.example/track"' in html
        assert at.complaints == []


async def test_a_file_goes_along_and_can_be_taken_out_again(desk: Open, tmp_path: Path) -> None:
    for name in ("label.pdf", "wrong.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4 label")
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        await at.go(await first_conversation(at.page))
        await begin(at.page, "Here is your label.")
        async with at.page.expect_file_chooser() as chooser:
            await at.page.get_by_role("button", name="Attach files").click()
        await (await chooser.value).set_files([tmp_path / "label.pdf", tmp_path / "wrong.pdf"])
        await at.page.get_by_role("button", name="Take out wrong.pdf").click()
        await expect(at.page.locator(".comp .files li")).to_have_count(1)
        await at.shot("composer-file-light")
        await at.page.keyboard.press("Control+Enter")
        said = at.page.locator(".ev.us", has_text="Here is your label.")
        await expect(said.get_by_text("label.pdf")).to_be_visible()
        await expect(at.page.locator(".comp .files li")).to_have_count(0)
        await at.page.get_by_role("button", name="Undo").click()
        await expect(at.page.locator(".comp .files li")).to_have_text("label.pdf14 bytes")
        await expect(at.page.locator(".write.rich")).to_have_text("Here is your label.")


async def test_a_program_is_refused_in_words(desk: Open, tmp_path: Path) -> None:
    (tmp_path / "tool.exe").write_bytes(b"MZ")
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        await at.go(await first_conversation(at.page))
        async with at.page.expect_file_chooser() as chooser:
            await at.page.get_by_role("button", name="Attach files").click()
        await (await chooser.value).set_files([tmp_path / "tool.exe"])
        await expect(at.page.get_by_role("alert")).to_contain_text("tool.exe is a program")


async def test_a_draft_follows_to_another_machine(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        path = await first_conversation(at.page)
        await at.go(path)
        async with at.page.expect_response(lambda r: r.request.method == "PUT" and r.ok):
            await begin(at.page, "Begun at the desk")
        assert await drafts(desk) == [("reply", "<p>Begun at the desk</p>")]
    async with window(desk.browser, desk.address, desk.cookie, PHONE) as at:
        await at.go(f"{path}?pane=story")
        await expect(at.page.locator(".write.rich")).to_have_text("Begun at the desk")
        await at.shot("composer-phone-light")


async def answered_by_a_colleague(desk: Open, text: str) -> None:
    """Leo answers what has this text."""
    async with desk.house.house.db.transaction() as tx:
        leo = new_id()
        await tx.execute(
            "insert into agent (id, sign_in, name, role, password) values ($1, $2, 'Leo', 'agent', '')",
            leo,
            f"{leo}@shop.example",
        )
        await tx.execute(
            "insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, "
            "happened_at, received_at, text, agent_id, delivery) "
            "select $1, customer_id, conversation_id, inbox_id, channel, 'out', 'message', now(), now(), "
            "'It came yesterday.', $2, 'sent' from interaction where text = $3",
            new_id(),
            leo,
            text,
        )


async def test_nobody_is_talked_over_unaware(desk: Open) -> None:
    letter = msgspec.structs.replace(
        desk.letters[0], text="First.", name="Greta Grau", sender="g@new.example"
    )
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/?view=all")
        await post(desk.house, letter, "support@marlowfinch.example")
        await at.page.locator(".qrow", has_text="Greta Grau").click()
        await expect(at.page.locator(".ev", has_text="First.")).to_be_visible()
        await begin(at.page, "It comes tomorrow.")
        await answered_by_a_colleague(desk, "First.")
        await at.page.keyboard.press("Control+Enter")
        told = at.page.get_by_text("Not sent: Leo answered meanwhile.")
        await told.wait_for()
        await at.shot("composer-newer-light")
        await expect(at.page.locator(".write.rich")).to_have_text("It comes tomorrow.")
        await at.page.get_by_role("button", name="Send it all the same").click()
        await expect(at.page.locator(".ev.us", has_text="It comes tomorrow.")).to_be_visible()


async def test_a_message_is_passed_on_to_somebody_else(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        await at.go(await first_conversation(at.page))
        await at.page.locator(".ev").get_by_role("button", name="More").first.click()
        await at.page.get_by_role("menuitem", name="Pass on").click()
        await expect(at.page.get_by_label("To", exact=True)).to_be_focused()
        await at.page.keyboard.type("warehouse@shop.example")
        await at.page.locator(".write.rich").click()
        await at.page.keyboard.type("Please look for it.")
        await at.shot("composer-forward-light")
        await at.page.keyboard.press("Control+Enter")
        await at.page.get_by_role("button", name="Undo").wait_for()
        async with desk.house.house.db.connection() as on:
            to = await on.fetchval("select recipients from interaction where text = 'Please look for it.'")
        assert b"warehouse@shop.example" in to
        said = at.page.locator(".ev.us", has_text="Please look for it.")
        await expect(said).to_be_visible()


@pytest.mark.parametrize("name", ["Pic ture.png"])
async def test_a_picture_pasted_stands_among_the_words(desk: Open, name: str) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        await at.go(await first_conversation(at.page))
        await begin(at.page, "Is it this one? ")
        await at.page.evaluate(
            """([bytes, name]) => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], name, {type: "image/png"}));
                const how = {clipboardData: data, bubbles: true, cancelable: true};
                const paste = new ClipboardEvent("paste", how);
                document.querySelector(".write.rich").dispatchEvent(paste);
            }""",
            [list(PICTURE), name],
        )
        await expect(at.page.locator(".write.rich img:not(.ProseMirror-separator)")).to_have_count(1)
        await at.page.keyboard.press("Control+Enter")
        await at.page.get_by_role("button", name="Undo").wait_for()
        assert 'src="cid:' in await sent_html(desk)
        assert at.complaints == []


async def test_the_queue_says_where_one_has_begun_to_write(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        where = await first_conversation(at.page)
        row = at.page.locator(f"#row-{where.rsplit('/', 1)[-1].split('?')[0]}")
        await at.go(where)
        await expect(row).to_be_visible()
        await expect(at.page.locator(".qrow .tag")).to_have_count(0)
        await begin(at.page, "Half a sentence")
        await expect(row.get_by_text("Draft", exact=True)).to_be_visible()
        await at.shot("queue-draft-light")
        await at.page.keyboard.press("Control+Enter")
        await expect(at.page.locator(".qrow .tag")).to_have_count(0)
        assert at.complaints == []
