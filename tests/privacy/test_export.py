"""All that is known of a customer, for a program and to read; and that somebody took it."""

import json
from datetime import UTC, datetime

from doorstep.kernel import Attachment
from doorstep.privacy.export import as_html, as_json
from tests.parts import Spine


async def test_her_story_is_exported_whole(spine: Spine) -> None:
    file = Attachment("list.txt", "text/plain", 4, "ab" * 32)
    card = "4111 1111 1111 1111"
    await spine.take_in(
        *(spine.signal(text=f"<b>Message {n}</b>", attachments=(file,)) for n in range(250)),
        spine.signal("other@mail.example", "Not hers"),
    )
    customer_id = await spine.value("select customer_id from identity where value = 'ioanna@mail.example'")
    await spine.run("update interaction set text = $1 where text = '<b>Message 7</b>'", f"Card {card}")
    now = datetime.now(UTC)
    whole = b"".join([part async for part in as_json(spine.db, [customer_id], now)])  # type: ignore[list-item]
    told = json.loads(whole)
    assert told["customer"]["name"] == "Ioanna"
    assert [one["value"] for one in told["addresses"]] == ["ioanna@mail.example"]
    assert len(told["messages"]) == 250
    assert told["messages"][0]["attachments"][0]["sha256"] == "ab" * 32
    assert "Not hers" not in whole.decode()
    assert card not in whole.decode()
    page = b"".join([part async for part in as_html(spine.db, [customer_id], now)]).decode()  # type: ignore[list-item]
    assert page.count("<article>") == 250
    assert "&lt;b&gt;Message 9&lt;/b&gt;" in page
    assert page.endswith("</html>")
    assert "<script" not in page
