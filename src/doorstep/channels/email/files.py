"""The parts of a mail that are files: attachments, and pictures its text shows."""

import hashlib
from collections.abc import Iterable

from doorstep.channels.email.charsets import line
from doorstep.channels.email.headers import parameters, plain, read
from doorstep.channels.email.names import safe_name, safe_type
from doorstep.channels.email.tree import Part
from doorstep.kernel import Attachment


def said_name(part: Part) -> str:
    """The file name the part gives itself."""
    _, disposition = parameters(plain(part.headers.raw("content-disposition")))
    return disposition.get("filename") or part.params.get("name") or ""


def content_id(part: Part) -> str:
    """How HTML names it, without `<>`; empty when it cannot."""
    return line(plain(part.headers.raw("content-id")), 250).strip("<> ")


def attachment(part: Part, inline: bool) -> tuple[Attachment, bytes]:
    """The part as a file, and its content."""
    content = part.body()
    media_type = safe_type(part.media_type)
    name = safe_name(line(said_name(part), 1000) or _own_title(part, content), media_type, _otherwise(part))
    return Attachment(name, media_type, len(content), _sha256(content), content_id(part), inline), content


def written(name: str, media_type: str, content: bytes) -> tuple[Attachment, bytes]:
    """A file of our own making."""
    return Attachment(name, media_type, len(content), _sha256(content)), content


def gathered(files: Iterable[tuple[Attachment, bytes]]) -> tuple[tuple[Attachment, ...], dict[str, bytes]]:
    """The attachments, and each content once."""
    pairs = list(files)
    return tuple(file for file, _ in pairs), {file.sha256: content for file, content in pairs}


def _own_title(part: Part, content: bytes) -> str:
    if part.media_type != "message/rfc822":
        return ""
    headers, _ = read(content, 0, len(content))
    subject = line(headers.text("subject"), 80)
    return subject.replace("/", "-").replace("\\", "-") + ".eml" if subject else "message.eml"


def _otherwise(part: Part) -> str:
    return {"image": "picture", "audio": "sound", "text": "text", "message": "message"}.get(part.main, "file")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
