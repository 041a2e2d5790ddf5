"""What a channel keeps secret is stored, and never comes back."""

from doorstep.channels import found
from doorstep.spine.inboxes import NewInbox, add_inbox, change_settings, inboxes
from tests.spine.conftest import Spine
from tests.spine.test_inboxes import ME


async def test_a_password_goes_in_and_not_out(spine: Spine) -> None:
    channels = found()
    new = NewInbox("email", "Care", "a@b.example", settings={"host": "smtp.example", "password": "geheim"})
    async with spine.db.transaction() as tx:
        inbox_id = await add_inbox(tx, channels, new, ME)
        await change_settings(tx, channels, inbox_id, {"port": 465, "security": "tls"}, ME)
        shown = next(inbox for inbox in await inboxes(tx, channels) if inbox.id == inbox_id)
    assert shown.settings == {"host": "smtp.example", "port": 465, "security": "tls"}
    kept = await spine.value("select settings->>'password' from inbox where id = $1", inbox_id)
    assert kept == "geheim"


async def test_no_secret_of_any_channel_comes_back(spine: Spine) -> None:
    settings = {"imap_host": "a", "imap_password": "geheim", "client_id": "b", "client_secret": "geheim"}
    channels = found()
    async with spine.db.transaction() as tx:
        await add_inbox(tx, channels, NewInbox("email", "Care", "a@b.example", settings=settings), ME)
        shown = [inbox.settings for inbox in await inboxes(tx, channels) if inbox.address == "a@b.example"]
    assert shown == [{"imap_host": "a", "client_id": "b"}]
