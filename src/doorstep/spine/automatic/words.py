"""The words of an automatic answer, with what stands in for `{{…}}`. Pure."""

import re
from collections.abc import Mapping

from doorstep.kernel import Invalid

KNOWN = ("customer.name", "conversation.tag", "next_open")
_PLACE = re.compile(r"\{\{\s*([^{}]{0,60}?)\s*\}\}")


def check(words: str, field: str) -> None:
    """Raises `Invalid`, naming the field, for a variable there is none of."""
    for name in _PLACE.findall(words):
        if name not in KNOWN:
            known = ", ".join(f"{{{{{one}}}}}" for one in KNOWN)
            raise Invalid(f"There is no {{{{{name}}}}}. There are: {known}.", field=field)


def filled(words: str, values: Mapping[str, str]) -> str:
    """With the values in their places; what a value holds is never filled again."""
    return _PLACE.sub(lambda found: values.get(found[1], ""), words).strip()
