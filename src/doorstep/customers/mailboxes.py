"""Mailboxes: an e-mail address as equality means it, and those that belong to an office. Pure."""

from doorstep.customers.words import words_of

ROLES = words_of("roles")


def mailbox_of(written: str) -> str:
    """Lower case, without `mailto:` and brackets; empty when it is no address."""
    bare = written.strip().removeprefix("mailto:").strip("<>").strip().lower()
    local, at, domain = bare.rpartition("@")
    return bare if at and local and "." in domain and " " not in bare and "@" not in local else ""


def is_role(mailbox: str) -> bool:
    """Whether it is an office's, such as info@, which several people read and write."""
    local = mailbox.partition("@")[0].partition("+")[0]
    return local in ROLES or local.replace(".", "").replace("-", "").replace("_", "") in ROLES


def letters(mailbox: str) -> str:
    """What stands before the @, its letters alone."""
    return "".join(c for c in mailbox.partition("@")[0].partition("+")[0] if c.isalpha())
