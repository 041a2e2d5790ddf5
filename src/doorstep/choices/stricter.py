"""The stricter of several choices: what holds for all who are one person. Pure."""

from doorstep.choices.model import Choices, Contact

_STRICT: tuple[Contact, ...] = ("any", "asked", "none")


def stricter(*choices: Choices) -> Choices:
    """What none of them forbids. Of wishes, which forbid nothing, the first that may still be kept."""
    if len(choices) == 1:
        return choices[0]
    refused = tuple(dict.fromkeys(key for one in choices for key in one.refused))
    return Choices(
        contact=max((one.contact for one in choices), key=_STRICT.index, default="any"),
        preferred=next((one.preferred for one in choices if one.preferred not in ("", *refused)), ""),
        refused=refused,
        hours=tuple(dict.fromkeys(hours for one in choices for hours in one.hours)),
        language=next((one.language for one in choices if one.language), ""),
    )
