"""What a channel keeps secret is stored, and never comes back."""

import pytest

from doorstep.channels import found
from doorstep.kernel import Invalid
from doorstep.spine.inboxes import ChangedInbox, NewInbox, add_inbox, change_inbox, change_settings, inboxes
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
    assert shown.secrets == ["password"]
    kept = await spine.value("select settings->>'password' from inbox where id = $1", inbox_id)
    assert kept == "geheim"


async def test_no_secret_of_any_channel_comes_back(spine: Spine) -> None:
    settings = {"imap_host": "a", "imap_password": "geheim", "client_id": "b", "client_secret": "geheim"}
    channels = found()
    async with spine.db.transaction() as tx:
        await add_inbox(tx, channels, NewInbox("email", "Care", "a@b.example", settings=settings), ME)
        shown = [inbox.settings for inbox in await inboxes(tx, channels) if inbox.address == "a@b.example"]
    assert shown == [{"imap_host": "a", "client_id": "b"}]


async def test_every_wrong_setting_is_said_in_words_beside_its_field(spine: Spine) -> None:
    channels, settings = found(), {"port": 99999, "security": "perhaps", "host": "", "tenant": "a b"}
    async with spine.db.transaction() as tx:
        inbox_id = await add_inbox(tx, channels, NewInbox("email", "Care", "a@b.example"), ME)
        with pytest.raises(Invalid) as refused:
            await change_inbox(tx, channels, inbox_id, ChangedInbox("Care", "Care", 60, settings), ME)
    assert refused.value.extra["errors"] == [
        {"field": "settings.port", "detail": "Port: a whole number from 0 up to 65535."},
        {"field": "settings.security", "detail": "Encryption: one of none, starttls, tls."},
        {"field": "settings.host", "detail": "Outgoing server: a text, at least 1 long."},
        {"field": "settings.tenant", "detail": "Tenant: this is not in the form that is wanted."},
    ]
