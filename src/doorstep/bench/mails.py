"""Mails to read: made up, the same in every run, in the mix that a shop's inbox has."""

import base64
import quopri
import random
from collections.abc import Callable

from doorstep.bench.material import WORDS

SEED = 7
_QUOTED = "On Mon, 2 Mar 2026 at 10:40, Shop <support@shop.example> wrote:"
_FOOTER = "This message is confidential. If you are not the one it was meant for, please delete it."


def mails(count: int) -> list[bytes]:
    """So many mails: answers with quotations, HTML of phones and of Outlook, files, newsletters, machines."""
    rng = random.Random(SEED)
    kinds = rng.choices([kind for kind, _ in _MIX], [weight for _, weight in _MIX], k=count)
    return [_whole(kind(rng), rng, number) for number, kind in enumerate(kinds)]


def _whole(body: tuple[str, str], rng: random.Random, number: int) -> bytes:
    """Headers as they stand after three servers, and the body."""
    head, content = body
    signed = base64.b64encode(rng.randbytes(192)).decode()
    headers = [
        f"Return-Path: <p{number}@mail.example>",
        *(_hop(server, rng) for server in range(3)),
        "DKIM-Signature: v=1; a=rsa-sha256; d=mail.example; s=k1;\r\n\th=from:to:subject:date;",
        f"\tbh={signed[:44]};\r\n\tb={signed}",
        f"From: =?UTF-8?Q?Zo=C3=AB_{_words(rng, 1)}?= <p{number}@mail.example>",
        "To: Shop <support@shop.example>",
        f"Subject: Re: {_words(rng, 6)}",
        f"Date: Mon, 02 Mar 2026 10:{number % 60:02}:00 +0000",
        f"Message-ID: <{number}.{SEED}@mail.example>",
        f"In-Reply-To: <{number // 2}@shop.example>",
        f"References: <{number // 3}@shop.example> <{number // 2}@shop.example>",
        "X-Mailer: Letters 4.2\r\nMIME-Version: 1.0",
    ]
    return "\r\n".join([*headers, head, "", content]).encode()


def _hop(server: int, rng: random.Random) -> str:
    return (
        f"Received: from mx{server}.mail.example (mx{server}.mail.example [192.0.2.{server}])\r\n"
        f"\tby in{server}.shop.example with ESMTPS id {rng.getrandbits(60):x}\r\n"
        f"\tfor <support@shop.example>; Mon, 02 Mar 2026 10:0{server}:00 +0000"
    )


def _words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(WORDS, k=count))


def _paragraphs(rng: random.Random) -> list[str]:
    return [f"{_words(rng, rng.randrange(8, 60)).capitalize()}." for _ in range(rng.randrange(1, 5))]


def _plain(rng: random.Random) -> tuple[str, str]:
    said, quoted = _paragraphs(rng), [f"> {line}" for line in _paragraphs(rng)]
    text = "\r\n\r\n".join([*said, "\r\n".join([_QUOTED, *quoted]), f"-- \r\nZoë\r\n{_FOOTER}"])
    return "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit", text


def _both(rng: random.Random) -> tuple[str, str]:
    """Text and the same as HTML, as a phone sends them."""
    said, quoted = _paragraphs(rng), _paragraphs(rng)
    text = "\r\n\r\n".join([*said, _QUOTED, *(f"> {line}" for line in quoted)])
    html = "".join(f'<div dir="auto">{line}</div><div dir="auto"><br></div>' for line in said)
    quote = f'<div class="gmail_quote">{_QUOTED}<blockquote>{"<br>".join(quoted)}</blockquote></div>'
    page = f"<html><style>p {{ margin: 0 }}</style><body>{html}{quote}</body></html>"
    return _parts("alternative", [_part("text/plain", text), _part("text/html", page)], rng)


def _rich(rng: random.Random) -> tuple[str, str]:
    """HTML as Outlook writes it: a page of styles, every paragraph with its own."""
    style = "p.MsoNormal { margin: 0cm; font-size: 11.0pt; font-family: 'Calibri',sans-serif }\r\n" * 20
    said = "".join(
        f'<p class="MsoNormal"><span style="font-size:11.0pt;color:#1F497D">{line}<o:p></o:p></span></p>'
        for line in [*_paragraphs(rng), *_paragraphs(rng), _FOOTER]
    )
    page = f"<html xmlns:o=x><head><style><!--{style}--></style></head><body><div>{said}</div></body></html>"
    return _parts(
        "alternative", [_part("text/plain", "\r\n".join(_paragraphs(rng))), _part("text/html", page)], rng
    )


def _with_file(rng: random.Random) -> tuple[str, str]:
    """A picture or a bill along with the words."""
    head, body = _both(rng)
    content = base64.encodebytes(rng.randbytes(rng.randrange(8_000, 60_000))).decode().replace("\n", "\r\n")
    file = (
        'Content-Type: image/jpeg; name="photo.jpg"\r\nContent-Disposition: attachment\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{content}"
    )
    return _parts("mixed", [f"{head}\r\n\r\n{body}", file], rng)


def _newsletter(rng: random.Random) -> tuple[str, str]:
    rows = "".join(_offer(number, _words(rng, 8)) for number in range(30))
    page = f'<html><body><table width="600" cellpadding="0">{rows}</table></body></html>'
    head, body = _parts("alternative", [_part("text/plain", _words(rng, 120)), _part("text/html", page)], rng)
    return f"List-Id: <news.shop.example>\r\nPrecedence: bulk\r\n{head}", body


def _offer(number: int, words: str) -> str:
    picture = f'<img src="https://cdn.example/{number}.png" alt="{words}" width="200">'
    link = f'<a href="https://shop.example/{number}">{picture}</a>'
    return f'<tr><td align="center" style="padding:8px">{link}<p style="color:#333">{words}</p></td></tr>'


def _machine(rng: random.Random) -> tuple[str, str]:
    return "Auto-Submitted: auto-replied\r\nContent-Type: text/plain", f"I am away. {_words(rng, 20)}."


def _part(media_type: str, text: str) -> str:
    coded = quopri.encodestring(text.replace("\r", "").encode()).decode().replace("\n", "\r\n")
    head = f"Content-Type: {media_type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
    return f"{head}\r\n\r\n{coded}"


def _parts(kind: str, parts: list[str], rng: random.Random) -> tuple[str, str]:
    mark = f"{rng.getrandbits(80):020x}"
    body = "".join(f"--{mark}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"', f"{body}--{mark}--\r\n"


_MIX: list[tuple[Callable[[random.Random], tuple[str, str]], int]] = [
    *((_plain, 25), (_both, 30), (_rich, 20), (_with_file, 12), (_newsletter, 8), (_machine, 5)),
]
