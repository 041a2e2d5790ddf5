"""The parts of a mail that are files: attachments, and pictures its text shows."""

import hashlib
import mimetypes
from collections.abc import Iterable

import msgspec

from doorstep.channels.email.charsets import line
from doorstep.channels.email.headers import read
from doorstep.channels.email.names import apart, safe_name, safe_type
from doorstep.channels.email.tnef import MEDIA_TYPES as PACKED
from doorstep.channels.email.tnef import Packed
from doorstep.channels.email.transfer import Pieces
from doorstep.channels.email.tree import UNREAD, Part
from doorstep.kernel import Attachment, Content

File = tuple[Attachment, bytes | Pieces]


def said_name(part: Part) -> str:
    """The file name the part gives itself."""
    return part.disposition[1].get("filename") or part.params.get("name") or ""


def content_id(part: Part) -> str:
    """How HTML names it, without `<>`; empty when it cannot."""
    said = part.headers.said("content-id")
    return line(said, 250).strip("<> ") if said else ""


def location(part: Part) -> str:
    """The address by which HTML names it (RFC 2557); empty when it has none."""
    return "".join(part.headers.said("content-location").split())


def is_packed(part: Part) -> bool:
    """Whether it says that Outlook packed it."""
    return part.media_type in PACKED or said_name(part).lower() == "winmail.dat"


def attachment(part: Part, inline: bool) -> File:
    """The part as a file, and its content."""
    content = part.content()
    size = len(content) if isinstance(content, bytes) else content.size
    media_type = safe_type(part.media_type)
    name = safe_name(line(said_name(part), 1000) or _own_title(part, content), media_type, _otherwise(part))
    return Attachment(name, media_type, size, part.sha256, content_id(part), inline), content


def written(name: str, media_type: str, content: bytes) -> File:
    """A file of our own making."""
    return Attachment(name, media_type, len(content), _sha256(content)), content


def enclosed(packed: Packed) -> File:
    """A file that lay in another part."""
    media_type = packed.media_type or mimetypes.guess_type(packed.name)[0] or UNREAD
    media_type = safe_type(media_type)
    name, identity = safe_name(line(packed.name, 1000), media_type), line(packed.content_id, 250)
    inline = bool(identity) and media_type.startswith("image/")
    file = Attachment(name, media_type, len(packed.content), _sha256(packed.content), identity, inline)
    return file, packed.content


def gathered(files: Iterable[File]) -> tuple[tuple[Attachment, ...], dict[str, Content]]:
    """The attachments, no two of one name, and each content once."""
    pairs = list(files)
    if not pairs:
        return (), {}
    names = apart([file.name for file, _ in pairs])
    named = zip((file for file, _ in pairs), names, strict=True)
    return (
        tuple(f if f.name == name else msgspec.structs.replace(f, name=name) for f, name in named),
        {file.sha256: content for file, content in pairs},
    )


def _own_title(part: Part, content: bytes | Pieces) -> str:
    if part.media_type != "message/rfc822":
        return ""
    begin = content if isinstance(content, bytes) else next(iter(content))
    headers, _ = read(begin, 0, len(begin))
    subject = line(headers.text("subject"), 80)
    return subject.replace("/", "-").replace("\\", "-") + ".eml" if subject else "message.eml"


def _otherwise(part: Part) -> str:
    return {"image": "picture", "audio": "sound", "text": "text", "message": "message"}.get(part.main, "file")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
