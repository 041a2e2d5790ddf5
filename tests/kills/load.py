"""Customers who write without rest, by real SMTP: what is not acknowledged is sent again, as an MTA does."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from email.message import EmailMessage
from itertools import pairwise

import aiosmtplib

from tests.kills.process import INBOX

PEOPLE = 60
PATIENCE = 20.0
"""Seconds to wait for an answer at the door."""


class Load:
    """What was sent: `acknowledged`, each Message-ID that was answered 250, with the moment."""

    def __init__(self, door: tuple[str, int], seed: int, pause: float = 0.0) -> None:
        self.door, self.pause = door, pause
        self.dice = random.Random(seed)
        self.acknowledged: dict[str, float] = {}
        self.resent = 0
        self.put_off = 0
        """Answers 4yz."""
        self.is_over = asyncio.Event()

    async def some(self, more: int, seconds: float) -> None:
        """Wait until so many more were acknowledged."""
        until = len(self.acknowledged) + more
        async with asyncio.timeout(seconds):
            while len(self.acknowledged) < until:
                await asyncio.sleep(0.01)

    def longest_silence(self, since: float) -> float:
        """The longest time without an acknowledgement since a moment, in seconds."""
        moments = [since, *(at for at in self.acknowledged.values() if at > since)]
        return max((b - a for a, b in pairwise(moments)), default=0.0)

    def mail(self, name: str) -> EmailMessage:
        """A mail like any other: a person of few, a thread or none, now and then a large picture."""
        mail, person = EmailMessage(), self.dice.randrange(PEOPLE)
        mail["From"] = f"Person {person} <person{person}@mail.example>"
        mail["To"], mail["Message-ID"] = INBOX, name
        mail["Subject"] = f"My order {self.dice.randrange(10_000)}"
        if self.acknowledged and self.dice.random() < 0.4:
            mail["References"] = self.dice.choice(list(self.acknowledged)[-200:])
        mail.set_content(f"Where is it?\nThis is {name}.\n")
        if self.dice.random() < 0.03:
            picture = self.dice.randbytes(90_000)
            mail.add_attachment(picture, maintype="image", subtype="png", filename="box.png")
        return mail


class Writer:
    """One connection: one mail after another, each until it is acknowledged."""

    def __init__(self, load: Load, name: str) -> None:
        self._load, self._name = load, name
        self._client: aiosmtplib.SMTP | None = None

    async def write(self) -> None:
        """Until the load is over; the last mail is seen through."""
        number = 0
        while not self._load.is_over.is_set():
            number += 1
            await self.deliver(self._load.mail(f"<{self._name}.{number}@mail.example>"))
            await asyncio.sleep(self._load.pause)
        self._hang_up()

    async def deliver(self, mail: EmailMessage) -> None:
        """Hand it in until it is acknowledged."""
        raw = mail.as_bytes()
        while not await self._is_taken(mail, raw):
            self._load.resent += 1
            await asyncio.sleep(0.1)
        self._load.acknowledged[mail["Message-ID"]] = time.monotonic()

    async def _is_taken(self, mail: EmailMessage, raw: bytes) -> bool:
        try:
            client = await self._connected()
            await client.sendmail("person@mail.example", [INBOX], raw)
        except aiosmtplib.SMTPResponseException as error:
            return self._put_off(error.code)
        except aiosmtplib.SMTPRecipientsRefused as error:
            return self._put_off(max(each.code for each in error.recipients))
        except (aiosmtplib.SMTPException, OSError):
            self._hang_up()
            return False
        return True

    async def _connected(self) -> aiosmtplib.SMTP:
        host, port = self._load.door
        if self._client is None or not self._client.is_connected:
            self._client = aiosmtplib.SMTP(hostname=host, port=port, timeout=PATIENCE, start_tls=False)
            await self._client.connect()
        return self._client

    def _put_off(self, code: int) -> bool:
        assert 400 <= code < 500, f"a good mail was refused for good: {code}"
        self._load.put_off += 1
        return False

    def _hang_up(self) -> None:
        if self._client is not None:
            with suppress(aiosmtplib.SMTPException, OSError):
                self._client.close()
        self._client = None


@asynccontextmanager
async def writing(
    door: tuple[str, int], seed: int, writers: int = 5, pause: float = 0.0
) -> AsyncIterator[Load]:
    """A load that goes on for the length of the block; at its end every mail has been acknowledged."""
    load = Load(door, seed, pause)
    async with asyncio.TaskGroup() as group:
        for number in range(writers):
            group.create_task(Writer(load, f"{seed}.{number}").write())
        try:
            yield load
        finally:
            load.is_over.set()
