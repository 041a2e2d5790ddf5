"""A conversation's names outside: the token in our address, and the tag in a subject.

Nobody can make up a token. It is the id and a seal over it (HMAC-SHA-256, cut to 45 bits), in 35 letters
and digits that bear being written in capitals: it needs no column and no index. The tag is the first 60 bits
of the id, which is no secret, so it counts only from somebody who takes part.
"""

import base64
import hashlib
import hmac
import re
from uuid import UUID

from doorstep.store import Connection, beside

sql = beside(__file__)

ID, SEAL = 26, 9
"""Characters of five bits each."""
_TAG = re.compile(r"\[#([0-9a-f]{5})-([0-9a-f]{5})-([0-9a-f]{5})\]", re.I)
_REST = 128 - 60


async def token_key(on: Connection) -> bytes:
    """What tokens are sealed with; made with the database, and saved with it."""
    sealed: bytes = await sql.value(on, "token_key")
    return sealed


def token_of(conversation_id: UUID, key: bytes) -> str:
    """The token of a conversation."""
    return _letters(conversation_id.bytes)[:ID] + _seal(conversation_id, key)


def named_by(token: str, key: bytes) -> UUID | None:
    """The conversation a token names; none when the seal is not ours."""
    said = token.lower()
    if len(said) != ID + SEAL:
        return None
    try:
        content = base64.b32decode(f"{said[:ID]}======", casefold=True)
    except ValueError:
        return None
    conversation_id = UUID(bytes=content)
    return conversation_id if hmac.compare_digest(said, token_of(conversation_id, key)) else None


def tag_of(conversation_id: UUID) -> str:
    """What may stand in a subject: `[#01939-4c1e7-a7f3b]`."""
    said = conversation_id.hex[:15]
    return f"[#{said[:5]}-{said[5:10]}-{said[10:]}]"


def tagged(subject: str) -> tuple[UUID, UUID] | None:
    """The first and the last id that the tag in a subject can mean."""
    if (found := _TAG.search(subject)) is None:
        return None
    first = int("".join(found.groups()), 16) << _REST
    return UUID(int=first), UUID(int=first | (1 << _REST) - 1)


def untagged(subject: str) -> str:
    """The subject as people wrote it."""
    return _TAG.sub("", subject).strip()


def _seal(conversation_id: UUID, key: bytes) -> str:
    return _letters(hmac.digest(key, conversation_id.bytes, hashlib.sha256))[:SEAL]


def _letters(content: bytes) -> str:
    return base64.b32encode(content).decode().lower()
