"""What stands below a reply: the signature, and the message it answers or passes on. Pure."""

from collections.abc import Iterator
from datetime import UTC
from html import escape

from doorstep.channels.email.charsets import line
from doorstep.kernel import Address, Outgoing, Quoted

FORWARDED = "---------- Forwarded message ----------"


def text_of_all(outgoing: Outgoing) -> str:
    """The whole text of the mail."""
    parts = [outgoing.text]
    if outgoing.signature:
        parts.append(f"-- \n{outgoing.signature}")
    if outgoing.quoted:
        parts.append(_passed_on(outgoing.quoted) if outgoing.is_forward else _answered(outgoing.quoted))
    return "\n\n".join(part for part in parts if part)


def html_of_all(outgoing: Outgoing) -> str:
    """The whole HTML of the mail; empty when it is plain text."""
    quoted = outgoing.quoted
    if not outgoing.html and not (outgoing.is_forward and quoted and quoted.html):
        return ""
    parts = [outgoing.html or _paragraph(outgoing.text)]
    if outgoing.signature_html:
        parts.append(f"<div>-- <br>{outgoing.signature_html}</div>")
    if quoted:
        parts.append(_passed_on_html(quoted) if outgoing.is_forward else _answered_html(quoted))
    return "\n".join(parts)


def _answered(quoted: Quoted) -> str:
    rows = "\n".join(f"> {row}".rstrip() for row in quoted.text.strip().splitlines())
    return f"{_who_and_when(quoted)}\n{rows}"


def _answered_html(quoted: Quoted) -> str:
    style = "margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex"
    said = quoted.html or _paragraph(quoted.text)
    return (
        f'<p>{escape(_who_and_when(quoted))}</p>\n<blockquote type="cite" style="{style}">{said}</blockquote>'
    )


def _passed_on(quoted: Quoted) -> str:
    head = "\n".join(f"{name}: {value}" for name, value in _head(quoted))
    return f"{FORWARDED}\n{head}\n\n{quoted.text.strip()}"


def _passed_on_html(quoted: Quoted) -> str:
    head = "".join(f"<b>{name}:</b> {escape(value)}<br>" for name, value in _head(quoted))
    return f"<p>{FORWARDED}<br>{head}</p>\n{quoted.html or _paragraph(quoted.text)}"


def _head(quoted: Quoted) -> Iterator[tuple[str, str]]:
    yield "From", _person(quoted.sender)
    yield "Date", _when(quoted)
    yield "Subject", line(quoted.subject, 400)
    if quoted.to:
        yield "To", ", ".join(map(_person, quoted.to))
    if quoted.cc:
        yield "Cc", ", ".join(map(_person, quoted.cc))


def _who_and_when(quoted: Quoted) -> str:
    """Without words of any language: nobody is answered in one that is not theirs."""
    return f"{_person(quoted.sender)}, {_when(quoted)}:"


def _when(quoted: Quoted) -> str:
    return f"{quoted.written_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _person(address: Address) -> str:
    value, name = line(address.value, 254), line(address.name, 100)
    return f"{name} <{value}>" if name else value


def _paragraph(text: str) -> str:
    return f"<p>{escape(text.strip()).replace(chr(10), '<br>')}</p>" if text.strip() else ""
