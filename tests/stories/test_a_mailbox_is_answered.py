"""The whole way: a customer's Postfix, a Dovecot, IMAP, the desk; and the answer back into a mailbox."""

import asyncio
import signal
import time
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import asyncpg

from tests.channels.email.mails import read
from tests.kills.process import INBOX, serving, signed_in
from tests.parts import until
from tests.servers.dovecot import PASSWORD, dovecot
from tests.servers.postfix import Postfix, postfix

CUSTOMER = "ada@mail.example"


async def hand_in(server: Postfix, text: str, **headers: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Ada <{CUSTOMER}>", INBOX, "Wo ist meine Bestellung №7?"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    await aiosmtplib.send(mail, hostname=server.host, port=server.port, start_tls=False)


async def test_a_mail_out_of_a_mailbox_is_answered_into_one(tmp_path: Path, database_url: str) -> None:
    async with dovecot(tmp_path) as box, postfix(tmp_path, lmtp=box.lmtp_port) as server:
        outgoing = {"host": server.host, "port": server.port, "security": "none"}
        mailbox = {
            "imap_host": box.host,
            "imap_port": box.port,
            "imap_security": "none",
            "imap_password": PASSWORD,
        }
        async with serving(tmp_path, outgoing, database_url=database_url) as node, signed_in(node) as client:
            on = await asyncpg.connect(database_url)
            [inbox] = (await client.get("/api/inboxes")).json()
            await client.patch(f"/api/inboxes/{inbox['id']}", json=mailbox)
            await until(lambda: on.fetchval("select bool_or(is_connected) from inbox_contact"), 20)
            began = time.monotonic()
            await hand_in(server, "Wo bleibt sie?", Message_ID="<1@mail.example>")
            await until(lambda: on.fetchval("select count(*) = 1 from interaction"), 20)
            print(f"\nfrom Postfix to the desk in {time.monotonic() - began:.2f} s")
            conversation = await on.fetchval("select id from conversation")
            answer = await client.post(f"/api/conversations/{conversation}/replies", json={"text": "Morgen."})
            assert answer.status_code == 201, answer.text
            await until(lambda: asyncio.to_thread(box.mails, CUSTOMER), 30)
            [ours] = [read(mail) for mail in await asyncio.to_thread(box.mails, CUSTOMER)]
            assert (ours.text.splitlines()[0], ours.references) == ("Morgen.", ("<1@mail.example>",))
            await hand_in(server, "Danke!", In_Reply_To=ours.message_id)
            await until(
                lambda: on.fetchval("select count(*) = 2 from interaction where direction = 'in'"), 20
            )
            assert await on.fetchval("select count(*) from conversation") == 1
            await on.close()
            node.tell(signal.SIGTERM)
            assert await node.ended(10) == 0
            assert "Traceback" not in node.said(100_000), node.said()
