"""Names of what was erased: HMACs, so that what comes back is known again and nobody can read who it was."""

import hashlib
import hmac

from doorstep.store.database import Connection
from doorstep.store.queries import beside

sql = beside(__file__)

PREFIX = "erased:"


class Erased:
    """Makes the names. They are this house's own: its key lies in the database."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def name(self, *parts: str) -> str:
        """What stands for a name of so many parts once it is erased."""
        told = "\0".join(parts).encode("utf-8", "surrogatepass")
        return PREFIX + hmac.digest(self._key, told, hashlib.sha256)[:20].hex()


async def erased_names(on: Connection) -> Erased:
    """The names by this house's key."""
    return Erased(await sql.value(on, "erasure_key"))
