"""Ours: an address of one of our inboxes, also with something behind a plus, is nobody's but ours."""

from collections.abc import Collection

MOST_PLUSES = 4


def own_forms(value: str) -> tuple[str, ...]:
    """The addresses of inboxes that would make this one ours: itself, and what stands before a plus."""
    bare = value.strip().lower()
    if "+" not in bare:
        return (bare,)
    local, at, domain = bare.rpartition("@")
    parts = local.split("+")
    before = ("+".join(parts[:n]) for n in range(1, min(len(parts), MOST_PLUSES + 1)))
    return (f"{local}{at}{domain}", *(f"{name}@{domain}" for name in before if name))


def is_ours(value: str, ours: Collection[str]) -> bool:
    """Whether it is the address of one of our inboxes."""
    own = {address.lower() for address in ours}
    return any(form in own for form in own_forms(value))
