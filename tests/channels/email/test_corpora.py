"""Real and nasty mails of other projects: none crashes the reader, none is lost, few are misread.

The mails lie outside the repository, in `data/mail` of the folder that DOORSTEP_SHARED names.
"""

import os
import re
import time
from collections.abc import Iterator
from glob import escape
from pathlib import Path
from typing import Any

import msgspec
import pytest

from doorstep.channels.email.enclosed import without_files
from doorstep.channels.email.wire import parse
from doorstep.kernel import Invalid, Kind, Signal
from doorstep.pages import clean
from tests.channels.email.mails import INBOX, NOON
from tests.servers.programs import absent

ROOT = Path(__file__).resolve().parents[3]
MAIL = Path(os.environ.get("DOORSTEP_SHARED", ROOT.parent / "shared")) / "data" / "mail"
NASTY = (
    "stalwart",
    "mime4j",
    "mikel-mail",
    "cpython",
    "talon",
    "crisp-email-reply-parser",
    "email_reply_parser",
    "tnef",
)
NO_MAIL = {".json", ".xml", ".rb", ".js", ".md", ".py"}


@pytest.fixture(scope="module", autouse=True)
def corpora() -> None:
    if not MAIL.is_dir():
        absent(f"the corpora of mails are not at {MAIL}; DOORSTEP_SHARED says where they are")


def files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((MAIL / folder).rglob("*")):
            if path.is_file() and path.suffix not in NO_MAIL and "LICENSE" not in path.name:
                yield path


def read(path: Path) -> Signal | None:
    try:
        return parse(INBOX, path.read_bytes(), {}, NOON).arrival.signal
    except Invalid:
        assert not path.read_bytes().strip(), path
        return None


def storable(signal: Signal) -> bool:
    return "\0" not in str(msgspec.json.decode(msgspec.json.encode(signal)))


def test_no_nasty_mail_is_too_nasty(capsys: pytest.CaptureFixture[str]) -> None:
    count, slowest = 0, 0.0
    for path in files(*NASTY):
        started = time.process_time()
        signal = read(path)
        slowest = max(slowest, time.process_time() - started)
        if signal is not None:
            assert storable(signal), path
            assert "\0" not in clean(signal.html)
            count += 1
    say(capsys, f"{count} nasty files, 0 crashes, 0 unencodable, slowest {slowest * 1000:.0f} ms")
    assert count > 350
    assert slowest < 2


def test_real_mails_are_read_and_stay_people_s(capsys: pytest.CaptureFixture[str]) -> None:
    paths = list(files("spamassassin"))
    raws = [path.read_bytes() for path in paths]
    started = time.process_time()
    signals = [parse(INBOX, raw, {}, NOON).arrival.signal for raw in raws]
    parsing = time.process_time() - started
    for signal in signals:
        clean(signal.html)
    whole = time.process_time() - started
    kinds = {kind: sum(signal.kind is kind for signal in signals) for kind in Kind}
    names = len({signal.external_id for signal in signals})
    say(
        capsys,
        f"{len(raws)} real mails: {len(raws) / parsing:.0f}/s read, {len(raws) / whole:.0f}/s cleaned too",
    )
    say(capsys, f"  kinds {kinds}, {names} different")
    assert len(raws) > 400
    assert all(storable(signal) for signal in signals)
    assert sum(not signal.text.strip() for signal in signals) <= len(signals) * 0.01
    assert len(raws) / whole >= 150


def test_is_at_least_as_good_as_stalwart_s_snapshots_ask(capsys: pytest.CaptureFixture[str]) -> None:
    figures = {"subject": [0, 0], "from": [0, 0], "bodies": [0, 0]}
    for path in files("stalwart"):
        snapshot = path.with_suffix(".json")
        signal = read(path) if path.suffix == ".eml" and snapshot.exists() else None
        if signal is None:
            continue
        for figure, right in compared(signal, msgspec.json.decode(snapshot.read_bytes())):
            figures[figure][0] += right
            figures[figure][1] += 1
    say(capsys, f"against Stalwart's snapshots: {figures}")
    assert figures["from"][0] == figures["from"][1] > 40
    assert figures["bodies"][1] - figures["bodies"][0] <= 4
    assert figures["subject"][1] - figures["subject"][0] <= 4, (
        "it has U+FFFD where the charset can be guessed"
    )


def test_finds_the_parts_that_mime4j_decoded(capsys: pytest.CaptureFixture[str]) -> None:
    found, lost = 0, []
    for path in files("mime4j"):
        if path.suffix == ".msg":
            said, contents = contents_of(path.read_bytes())
            for part in sorted(path.parent.glob(f"{escape(path.stem)}_decoded_*")):
                if part.suffix in (".txt", ".bin"):
                    has = is_in(part.read_bytes(), said, contents)
                    found, lost = found + has, lost if has else [*lost, part.name]
    say(capsys, f"parts that mime4j decoded: {found} found, not {lost}")
    assert found > 60
    assert len(lost) <= 2


def contents_of(raw: bytes) -> tuple[str, list[bytes]]:
    """Text and HTML, and the files; those of mails within it too."""
    parsed = parse(INBOX, raw, {}, NOON)
    said, contents = f"{parsed.arrival.signal.text} {parsed.arrival.signal.html}", [*parsed.files.values()]
    for file in parsed.arrival.signal.attachments:
        if file.media_type == "message/rfc822" and parsed.files[file.sha256].strip():
            inner = contents_of(parsed.files[file.sha256])
            said, contents = f"{said} {inner[0]}", [*contents, *inner[1]]
    return spaced(said), contents


def is_in(part: bytes, said: str, contents: list[bytes]) -> bool:
    words, _ = without_files(part)
    readings = (spaced(words.decode(charset, "replace")) for charset in ("utf-8", "cp1252"))
    return any(reading in said for reading in readings) or part.split() in [c.split() for c in contents]


def compared(signal: Signal, snapshot: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """What the snapshot says of a mail, and whether we read it so."""
    for header in snapshot["parts"][0]["headers"]:
        value = header["value"] if isinstance(header["value"], dict) else {}
        if header["name"] == "subject" and "Text" in value:
            yield "subject", spaced(signal.subject) == spaced(value["Text"])
        if header["name"] == "from" and (wanted := first_address(value.get("Address", {}))):
            yield "from", signal.sender.value == wanted.lower()
    said = f"{spaced(signal.text)} {spaced(signal.html)}"
    for number in {*snapshot["text_body"], *snapshot["html_body"]}:
        body = snapshot["parts"][number]["body"]
        for form in ("Text", "Html"):
            if isinstance(body, dict) and spaced(wanted := without_files_in(body.get(form) or "")):
                yield "bodies", spaced(wanted) in said


def without_files_in(text: str) -> str:
    """The snapshot leaves uuencoded files in the text; we take them out."""
    return without_files(text.encode())[0].decode()


def first_address(value: dict[str, Any]) -> str:
    groups = [entry for group in value.get("Group", []) for entry in group.get("addresses", [])]
    entries = value.get("List") or groups
    return (entries[0].get("address") or "") if entries else ""


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\0", "")).strip()


def say(capsys: pytest.CaptureFixture[str], figure: str) -> None:
    with capsys.disabled():
        print(f"\n  {figure}", end="")
