"""What a bounce tells: whom it missed, what came back, and why (RFC 3464, and the plain texts before it)."""

import re
from collections.abc import Iterator

import msgspec

from doorstep.channels.email.charsets import decoded, line
from doorstep.channels.email.headers import Headers, read
from doorstep.channels.email.threads import message_ids, once
from doorstep.channels.email.tree import Part
from doorstep.kernel import Returned

MOST_RECIPIENTS = 50
MOST_TEXT = 20_000
"""Bytes of a plain bounce that are looked at."""
LONGEST_DETAIL = 300

RETURNED = {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"}
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_STATUS = {"message/delivery-status", "message/global-delivery-status"}
_DONE = {"delivered", "relayed", "expanded"}
_ADDRESS = re.compile(r"[<\"'(]{0,2}([\w.+%=!#$&*/?^`{|}~'-]{1,64}@[\w.-]{1,190}\w)[>\"')]{0,2}[:,]?(?:\s|$)")
_CODE = re.compile(r"(?<![\d.])([245])(?:\.\d{1,3}\.\d{1,3}|\d\d(?=[ -]))")
_WAITING = re.compile(
    r"delay|still being retried|not yet|will (?:continue|keep) (?:to )?try|temporar|will be retried|verzögert"
    r"|retardé|vertraagd|retrasad|attempts will continue",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"^-{2,}.{0,20}(?:below this line is a copy|this is a copy of|original message|returned message"
    r"|undelivered message"
    r"|message header|unsent message|transcript of session)|^(?:return-path|received): ?\S",
    re.IGNORECASE | re.MULTILINE,
)
_NAMED = re.compile(r"^message-id:\s{0,3}(<[^<>\s]{1,500}>)", re.IGNORECASE | re.MULTILINE)


class _Miss(msgspec.Struct, frozen=True):
    """One recipient it did not reach."""

    address: str
    is_final: bool
    reason: str


def returned(mail: Part, ids: tuple[str, ...]) -> Returned:
    """Read a bounce. `ids`: the names of the messages that are enclosed in it."""
    misses = list(_reported(mail)) or list(_told(mail))
    worst = [miss for miss in misses if miss.is_final] or misses
    names = ids or once(_NAMED.findall(_text(mail))) or _answered(mail.headers)
    return Returned(
        address=worst[0].address if worst else _failed(mail.headers),
        message_ids=tuple(names),
        is_final=worst[0].is_final if worst else not _WAITING.search(mail.headers.text("subject")),
        detail=_detail(worst),
    )


def is_status(part: Part) -> bool:
    return part.media_type in _STATUS


def is_success(mail: Part) -> bool:
    """Whether a report only says that all went well: asked for, and no bounce."""
    actions = {action for block in _blocks(mail) if (action := block.word("action"))}
    return bool(actions) and actions <= _DONE


def _detail(misses: list[_Miss]) -> str:
    if len(misses) < 2:
        return line("".join(miss.reason for miss in misses), LONGEST_DETAIL)
    room = max(20, LONGEST_DETAIL // len(misses) - 4)
    each = (line(f"{miss.address}: {miss.reason}", room) for miss in misses)
    return line("; ".join(each), LONGEST_DETAIL)


def _reported(mail: Part) -> Iterator[_Miss]:
    """From the report for machines."""
    for block in _blocks(mail):
        action = block.word("action")
        address = _address(block.text("original-recipient")) or _address(block.text("final-recipient"))
        if not address or action in _DONE:
            continue
        status = block.word("status")
        reason = block.text("diagnostic-code").partition(";")[2] or status
        is_final = action == "failed" or (action != "delayed" and not status.startswith("4"))
        yield _Miss(address, is_final, line(reason, LONGEST_DETAIL))


def _blocks(mail: Part) -> list[Headers]:
    """The groups of fields in the report, one for each recipient (and one for the message)."""
    contents = [part.body() for part in mail.leaves() if part.media_type in _STATUS]
    groups = [group for content in contents for group in _BLANK.split(content, MOST_RECIPIENTS)]
    return [read(group, 0, len(group))[0] for group in groups[: 2 * MOST_RECIPIENTS]]


def _address(value: str) -> str:
    """Behind "rfc822;"; empty when it is none."""
    said = value.rpartition(";")[2].strip(" <>\t").lower()
    return line(said, 320) if "@" in said and " " not in said else ""


def _told(mail: Part) -> Iterator[_Miss]:
    """From the text for people: a line that begins with an address, and what stands behind and under it."""
    text = _text(mail)
    copy = _COPY.search(text, 1)
    rows = [row.strip() for row in text[: copy.start() if copy else None].split("\n")]
    waiting = bool(_WAITING.search(mail.headers.text("subject")))
    found = 0
    for at, row in enumerate(rows):
        match = _ADDRESS.match(row)
        if match and found < MOST_RECIPIENTS:
            found += 1
            reason = line(" ".join(_under(rows, at, row[match.end() :])), LONGEST_DETAIL)
            yield _Miss(match[1].lower(), _is_final(reason, waiting), reason)


def _under(rows: list[str], at: int, rest: str) -> list[str]:
    """The words behind an address, and the paragraph under it; the next one when there is none."""
    said = [rest] if rest.strip() else []
    for row in rows[at + 1 : at + 8]:
        if _ADDRESS.match(row) or (not row and said):
            break
        said += [row] if row else []
    return said


def _is_final(reason: str, waiting: bool) -> bool:
    code = _CODE.search(reason)
    return not waiting and (code is None or code[1] != "4")


def _failed(headers: Headers) -> str:
    """Exim and Gmail name them in a header."""
    return _address(headers.said("x-failed-recipients").partition(",")[0])


def _answered(headers: Headers) -> tuple[str, ...]:
    return once(message_ids(" ".join(headers.each("in-reply-to"))))


def _text(mail: Part) -> str:
    part = next((part for part in mail.leaves() if part.media_type == "text/plain"), None)
    if part is None:
        return ""
    return decoded(part.body()[:MOST_TEXT], part.params.get("charset", "")).replace("\r\n", "\n")
