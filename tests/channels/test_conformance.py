"""What every channel must do, run over all that are found and over the one in memory."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.channels import found
from doorstep.kernel import (
    Address,
    Arrival,
    Attachment,
    Channel,
    Connects,
    ConsentState,
    Formats,
    Inbox,
    Invalid,
    Kind,
    Outgoing,
    Parsed,
    Polls,
    Sends,
    Signal,
    new_id,
)
from doorstep.testing import MemoryChannel, MemoryEdge

CHANNELS: dict[str, Channel] = {**found(), MemoryChannel.key: MemoryChannel()}
INBOX_ID = UUID("0195551c-0000-7000-8000-00000000beef")


def inbox_of(channel: Channel) -> Inbox:
    return Inbox(INBOX_ID, channel.key, "Shop", "support@shop.test")


class Fixture(msgspec.Struct):
    """What a file in `fixtures/` must be read as: some fields of a signal, or why it is refused."""

    meta: dict[str, str] = {}
    signal: dict[str, Any] = {}
    refused: str = ""
    raw: bytes = b""


def fixtures(channel: Channel) -> dict[str, Fixture]:
    folder = Path(str(files(type(channel).__module__.rpartition(".")[0]).joinpath("fixtures")))
    return {path.name: fixture(path) for path in sorted(folder.iterdir()) if path.suffix != ".json"}


def fixture(path: Path) -> Fixture:
    expected = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Fixture)
    expected.raw = path.read_bytes()
    return expected


CASES = [(channel, name) for channel in CHANNELS.values() for name in fixtures(channel)]
READABLE = [(channel, name) for channel, name in CASES if not fixtures(channel)[name].refused]
each_case = pytest.mark.parametrize(("channel", "name"), CASES, ids=[f"{c.key}-{n}" for c, n in CASES])
each_readable = pytest.mark.parametrize(
    ("channel", "name"), READABLE, ids=[f"{c.key}-{n}" for c, n in READABLE]
)
each_channel = pytest.mark.parametrize("channel", CHANNELS.values(), ids=CHANNELS)


@each_case
def test_reads_its_fixtures_as_expected(channel: Channel, name: str) -> None:
    expected = fixtures(channel)[name]
    if expected.refused:
        with pytest.raises(Invalid, match=expected.refused):
            channel.parse(inbox_of(channel), expected.raw, expected.meta)
        return
    arrival = channel.parse(inbox_of(channel), expected.raw, expected.meta).arrival
    said = msgspec.json.decode(msgspec.json.encode(arrival.signal))
    assert {field: said[field] for field in expected.signal} == expected.signal
    assert arrival.raw == expected.raw


@each_readable
def test_keeps_the_promises_of_a_signal(channel: Channel, name: str) -> None:
    case = fixtures(channel)[name]
    parsed = channel.parse(inbox_of(channel), case.raw, case.meta)
    signal = parsed.arrival.signal
    assert (signal.inbox_id, signal.channel) == (INBOX_ID, channel.key)
    assert signal.external_id
    assert signal.sender.value
    assert signal.happened_at.tzinfo is not None
    assert {file.sha256 for file in signal.attachments} == set(parsed.files)
    assert all(len(parsed.files[file.sha256]) == file.size for file in signal.attachments)


@each_readable
async def test_is_stored_once_however_often_it_comes(channel: Channel, name: str) -> None:
    edge, inbox, case = MemoryEdge(), inbox_of(channel), fixtures(channel)[name]
    for _ in range(3):
        await edge.accept([channel.parse(inbox, case.raw, case.meta).arrival])
    assert len(edge.journal) == 1


@each_channel
async def test_tells_different_things_apart(channel: Channel) -> None:
    edge, inbox = MemoryEdge(), inbox_of(channel)
    readable = [case for case in fixtures(channel).values() if not case.refused]
    await edge.accept([channel.parse(inbox, case.raw, case.meta).arrival for case in readable])
    assert len(edge.journal) == len(readable)


@each_channel
def test_refuses_something(channel: Channel) -> None:
    assert any(case.refused for case in fixtures(channel).values())


@each_channel
def test_describes_itself(channel: Channel) -> None:
    assert channel.traits.original.isascii()
    assert channel.traits.original.isalnum()
    assert msgspec.json.schema(channel.settings)
    assert msgspec.json.decode(b"{}", type=channel.settings), "an inbox needs no settings to exist"
    assert channel.label != channel.key


@each_channel
def test_an_inbox_that_is_not_set_is_no_trouble(channel: Channel) -> None:
    inbox = inbox_of(channel)
    assert not isinstance(channel, Polls) or channel.is_polled(inbox) in (True, False)
    assert not isinstance(channel, Connects) or channel.consent(inbox, b"") is ConsentState.NOT_NEEDED


def a_reply(
    channel: Channel, text: str, subject: str = "", name: str = "photo.png"
) -> tuple[Outgoing, bytes]:
    content = b"\x89PNG\r\n\x1a\n\x00\xff" + name.encode()
    reply = Outgoing(
        id=new_id(),
        inbox=inbox_of(channel),
        to=(Address(channel.traits.address, "ada@example.test", "Ada, Countess"),),
        subject=subject,
        text=text,
        token="k7d2m9q4",
        references=("<nearest@example.test>", "<older@example.test>", "<oldest@example.test>"),
        attachments=(Attachment(name, "image/png", len(content), "a" * 64),)
        if channel.traits.attachments
        else (),
    )
    return reply, content


def sent_and_read(channel: Channel, reply: Outgoing, content: bytes) -> Parsed:
    """What comes back when the reply is read as if a customer had sent it to where answers go."""
    assert isinstance(channel, Formats)
    raw = channel.format(reply, {"a" * 64: content})
    token_goes_to = f"support+{reply.token}@shop.test"
    return channel.parse(reply.inbox, raw, {"recipient": token_goes_to})


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), min_size=1, max_size=400)
FORMATTING = [channel for channel in CHANNELS.values() if isinstance(channel, Formats)]
each_formatting = pytest.mark.parametrize("channel", FORMATTING, ids=[c.key for c in FORMATTING])


@each_formatting
@settings(max_examples=60, deadline=None)
@given(text=TEXTS.filter(str.strip))
def test_a_reply_comes_back_word_for_word(channel: Channel, text: str) -> None:
    reply, content = a_reply(channel, text)
    read = sent_and_read(channel, reply, content).arrival.signal
    assert read.text.strip() == text.strip()


@each_formatting
@settings(max_examples=60, deadline=None)
@given(subject=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_subject_becomes_a_header(channel: Channel, subject: str) -> None:
    reply, content = a_reply(channel, "Hello", subject)
    read = sent_and_read(channel, reply, content).arrival.signal
    assert read.cc == ()
    assert [address.value for address in read.to] == ["ada@example.test"]
    assert read.text == "Hello"


@each_formatting
def test_a_reply_leads_back_to_its_conversation(channel: Channel) -> None:
    assert isinstance(channel, Sends)
    reply, content = a_reply(channel, "It is on its way.", "Ihre Größe 😀", "Größe.png")
    parsed = sent_and_read(channel, reply, content)
    read = parsed.arrival.signal
    assert read.references == reply.references
    assert read.message_id == channel.message_id(reply.inbox, reply.id)
    assert read.token == reply.token
    assert read.subject.endswith(reply.subject), "a channel may mark it as an answer, and no more"
    assert [parsed.files[file.sha256] for file in read.attachments] == [content] * len(reply.attachments)
    assert [file.name for file in read.attachments] == [file.name for file in reply.attachments]


@each_formatting
def test_the_same_reply_is_the_same_message(channel: Channel) -> None:
    assert isinstance(channel, Formats)
    reply, content = a_reply(channel, "Once")
    assert channel.format(reply, {"a" * 64: content}) == channel.format(reply, {"a" * 64: content})


@each_formatting
def test_what_nobody_wrote_is_told_from_what_somebody_wrote(channel: Channel) -> None:
    reply, content = a_reply(channel, "We have it.")
    automatic = msgspec.structs.replace(reply, is_automatic=True)
    kinds = [sent_and_read(channel, one, content).arrival.signal.kind for one in (reply, automatic)]
    assert kinds == [Kind.MESSAGE, Kind.AUTO_REPLY]


@each_formatting
def test_honours_its_limits(channel: Channel) -> None:
    assert isinstance(channel, Formats)
    length = channel.traits.length
    reply, content = a_reply(channel, "x" * ((length or 300_000) + 1))
    raw = channel.format(reply, {"a" * 64: content})
    if length is None:
        assert channel.parse(reply.inbox, raw, {}).arrival.signal.text == reply.text
    else:
        with pytest.raises(Invalid):
            channel.parse(reply.inbox, raw, {})


def survives(channel: Channel, raw: bytes, meta: Mapping[str, str]) -> None:
    """Read or refused; and what is read can be stored."""
    try:
        parsed = channel.parse(inbox_of(channel), raw, meta)
    except Invalid:
        return
    assert storable(parsed.arrival)


def storable(arrival: Arrival) -> bool:
    """Whether PostgreSQL takes it as text: UTF-8 without NUL."""
    encoded = msgspec.json.encode(arrival.signal)
    return "\0" not in words(msgspec.json.decode(encoded)) and decoded(encoded) == arrival.signal


def decoded(encoded: bytes) -> Signal:
    return msgspec.json.decode(encoded, type=Signal)


def words(value: Any) -> str:
    """Every string in it, joined."""
    if isinstance(value, dict):
        return words([*value, *value.values()])
    return "".join(map(words, value)) if isinstance(value, list) else str(value)


@each_channel
@settings(max_examples=200, deadline=None)
@given(raw=st.binary(max_size=2_000))
def test_survives_any_bytes(channel: Channel, raw: bytes) -> None:
    survives(channel, raw, {})


@each_channel
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_survives_mutilated_fixtures(channel: Channel, data: st.DataObject) -> None:
    cases = list(fixtures(channel).values())
    case = data.draw(st.sampled_from(cases))
    raw = bytearray(case.raw[: data.draw(st.integers(0, len(case.raw)))])
    for _ in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=12))
    survives(channel, bytes(raw), case.meta)
