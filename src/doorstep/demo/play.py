"""The page where one plays a customer: it sends real mails, and shows what the company answers."""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from jinja2 import Environment, FileSystemLoader
from litestar import Request, Response, get, post
from litestar.params import FromQuery, QueryParameter
from litestar.response import Redirect

from doorstep.demo.letterbox import LENGTHS, Form, mail_of, posted
from doorstep.demo.load import ORDERS, SUPPORT, sql
from doorstep.demo.sink import Answer, Sink
from doorstep.demo.tables import SOURCE
from doorstep.kernel import Clock, Invalid, SystemClock, TooMuch, TooOften
from doorstep.people import ANYONE
from doorstep.store import Database

FOLDER: Final = Path(__file__).parent
PLAYED: Final = {
    "en": "sent",
    "de": "delivered",
    "el": "held",
    "fr": "delivered",
    "pt": "sent",
    "tr": "held",
    "ja": "sent",
    "ar": "delivered",
}
"""Whom one can play: a customer of each language whose order stands so."""
LARGEST_FORM: Final = 6_000_000
IN_A_MINUTE: Final = 30
STANDINGS: Final = {
    "packed": "packed",
    "sent": "on its way",
    "held": "held by the carrier",
    "out": "on the van",
}

_pages: Final = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True)


class Sample(msgspec.Struct, frozen=True):
    """A customer one can play, with the newest order."""

    id: UUID
    name: str
    city: str
    language: str
    mailbox: str
    order_no: str
    placed_at: datetime
    state: str
    parcel: str | None
    promised_on: date | None
    title: str

    @property
    def standing(self) -> str:
        """How the order stands, in words."""
        stands = self.parcel or self.state
        return STANDINGS.get(stands, stands)


class Play:
    """What the page needs: the customers, the door's port, and the sink where answers arrive."""

    def __init__(self, db: Database, sink: Sink, door_port: int, clock: Clock | None = None) -> None:
        self.db = db
        self.sink = sink
        self.door_port = door_port
        self.clock = clock or SystemClock()
        self._mailboxes: list[str] = []
        self._sent: deque[float] = deque(maxlen=IN_A_MINUTE)

    async def samples(self) -> list[Sample]:
        """Customers with something to write about, of many languages."""
        async with self.db.connection() as on:
            if not self._mailboxes:
                found = await sql.tuples(
                    on,
                    "sample_mailboxes",
                    source=SOURCE,
                    languages=list(PLAYED),
                    standings=list(PLAYED.values()),
                )
                self._mailboxes = [row[0] for row in found]
            return await sql.rows(on, "samples", Sample, mailboxes=self._mailboxes)

    def check_rate(self) -> None:
        """Count one mail. Raises `TooOften` when it is the 31st within a minute."""
        now = self.clock.now().timestamp()
        if len(self._sent) == IN_A_MINUTE and now - self._sent[0] < 60:
            raise TooOften("That was thirty mails in a minute. Wait a little.")
        self._sent.append(now)


def routes(play: Play) -> list[Any]:
    """The page's routes; only the demo mounts them."""

    @get("/play", opt=dict(ANYONE))
    async def show(
        mailbox: Annotated[str, QueryParameter(name="as")] = "",
        answered: Annotated[str, QueryParameter(name="re")] = "",
        sent: FromQuery[int] = 0,
    ) -> Response[str]:
        return await _page(play, _answering(play, mailbox[:254], answered), is_sent=bool(sent))

    @post("/play", status_code=200, opt=dict(ANYONE), request_max_body_size=LARGEST_FORM)
    async def send(request: Request[Any, Any, Any]) -> Response[Any]:
        form = Form()
        try:
            filled = await _filled(request)
            form = Form(**{name: str(filled.get(name, ""))[: most + 1] for name, most in LENGTHS.items()})
            mail = await mail_of(form, filled.get("file"), play.clock.now())
            play.check_rate()
            await posted(mail, form, play.door_port)
        except (Invalid, TooMuch, TooOften) as error:
            return await _page(play, form, wrong=error.detail, status=error.status)
        return Redirect(path="/play", query_params={"as": form.address.strip(), "sent": "1"}, status_code=303)

    @get("/play/play.css", media_type="text/css", opt=dict(ANYONE), sync_to_thread=False)
    def style() -> bytes:
        return (FOLDER / "play.css").read_bytes()

    return [show, send, style]


async def _filled(request: Request[Any, Any, Any]) -> Mapping[str, Any]:
    try:
        return await request.form()
    except UnicodeDecodeError as error:
        raise Invalid("The form holds letters that are none (it must be UTF-8).") from error


def _answering(play: Play, address: str, name: str) -> Form:
    answered = next((mail for mail in play.sink.mails_for(address) if name and mail.message_id == name), None)
    if answered is None:
        return Form(address=address)
    subject = answered.subject if answered.subject.lower().startswith("re:") else f"Re: {answered.subject}"
    return Form(address=address, subject=subject, in_reply_to=answered.message_id)


async def _page(
    play: Play, form: Form, wrong: str = "", is_sent: bool = False, status: int = 200
) -> Response[str]:
    samples = await play.samples()
    known = next((one.name for one in samples if one.mailbox == form.address), "")
    shown = _pages.get_template("play.html.jinja").render(
        form=msgspec.structs.replace(form, name=form.name or known),
        samples=samples,
        threads=threads(play.sink.mails_for(form.address)) if form.address else [],
        inboxes=(SUPPORT, ORDERS),
        door=f"127.0.0.1:{play.door_port}",
        wrong=wrong,
        sent=is_sent,
    )
    return Response(shown, media_type="text/html", status_code=status)


def threads(mails: Sequence[Answer]) -> list[list[Answer]]:
    """Mails by thread; the thread with the newest mail first, and in it the newest first."""
    found: dict[str, list[Answer]] = {}
    for mail in mails:
        found.setdefault(mail.thread, []).append(mail)
    return list(found.values())
