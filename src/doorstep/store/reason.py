"""Why something failed, in words that may be kept: what kind of error and where, never what it was about.

An exception's own text may hold what a customer wrote. It is in the log at debug level, and nowhere else.
"""

import traceback

from doorstep.kernel import DoorstepError

OURS = "doorstep"
LONGEST = 300


def reason_of(error: BaseException) -> str:
    """Its class and our line that met it; the text only of an error whose words are ours."""
    kind = type(error).__name__
    if isinstance(error, DoorstepError):
        return storable(f"{kind}: {error.detail}")[:LONGEST]
    return f"{kind} in {place}." if (place := _place(error)) else f"{kind}."


def storable(text: str) -> str:
    """What somebody else said, without the characters that the database does not take."""
    return text.replace("\0", "").encode(errors="replace").decode()


def _place(error: BaseException) -> str:
    frames = [
        (str(frame.f_globals.get("__name__", "")), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    ours = [frame for frame in frames if frame[0].split(".")[0] == OURS]
    return next((f"{module}, line {line}" for module, line in reversed(ours or frames)), "")
