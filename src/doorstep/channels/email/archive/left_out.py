"""What lies in a mailbox and is not moved in: what was deleted, never sent, or taken for spam there."""

import re

from doorstep.channels.email.headers import Headers

FLAGS = {"T": "It lay in the trash there.", "D": "It is a draft there, and was never sent."}
LABELS = {
    "spam": "It lay in spam there.",
    "trash": FLAGS["T"],
    "drafts": FLAGS["D"],
    "chat": "It is a chat and no mail.",
}
"""What Google calls them; in another language they are moved in."""
EXPUNGED = 0x0008

_FLAGS = re.compile(r"[:;!-]2,([A-Za-z]*)$")


def flagged(name: str) -> str:
    """Why a file of this name in a Maildir is left out, by its flags; empty when it is not."""
    found = _FLAGS.search(name)
    return next((why for flag, why in FLAGS.items() if found and flag in found[1]), "")


def left_out(headers: Headers) -> str:
    """Why a mail is left out, by what the program that kept it wrote into its headers."""
    labels = headers.text("x-gmail-labels")
    for label in labels.split(","):
        if why := LABELS.get(label.strip().strip('"').lower()):
            return why
    return FLAGS["T"] if _is_expunged(headers.word("x-mozilla-status")) else ""


def _is_expunged(status: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-f]{4}", status)) and bool(int(status, 16) & EXPUNGED)
