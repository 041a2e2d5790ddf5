"""Mails about real orders, put into words."""

import random
from datetime import date
from typing import Final

from doorstep.demo.dice import DAY
from doorstep.demo.orders import Sold
from doorstep.demo.words import Mail

RECENT: Final = 14 * DAY
STANDS: Final = {
    "late": ("late", "held"),
    "held": ("held", "late"),
    "sent": ("sent",),
    "delivered": ("delivered",),
    "returned": ("returned", "delivered"),
    "any": ("delivered", "sent"),
    "none": ("delivered", "sent", "open"),
}
"""How an order must stand for what is written about it, best first."""
MONTHS: Final = {
    "de": "{0.day}.{0.month}.",
    "en": "{0:%-d %B}",
    "ja": "{0.month}月{0.day}日",
    "tr": "{0:%d.%m}",
}


BREAKABLE: Final = (
    "cup",
    "bowl",
    "plate",
    "glass",
    "jug",
    "teapot",
    "dish",
    "jar",
    "kettle",
    "machine",
    "egg cup",
)


class Written(dict[str, str]):
    """What is put into the words: order, item, names, city, tracking and promise."""

    def __init__(self, sold: Sold) -> None:
        super().__init__(
            no=sold.no,
            item=sold.title,
            name=sold.person.name,
            first=sold.person.first,
            city=sold.person.city,
            tracking=sold.tracking,
            promised=on_day(sold.promised, sold.person.language),
        )


def on_day(day: date, language: str) -> str:
    """A day as one writes it."""
    return MONTHS.get(language, "{0:%d/%m}").format(day)


def fits(mail: Mail, sold: Sold) -> bool:
    """Whether one could write this about that: no tea towel is cracked."""
    return mail.matter != "goods" or any(word in sold.title for word in BREAKABLE)


def about(dice: random.Random, mail: Mail, sold: list[Sold], used: set[str]) -> Sold | None:
    """An order this mail can be about, of somebody who writes that language and has not written yet."""
    speaks = [one for one in sold if one.person.language == mail.language and one.person.key not in used]
    for standing in STANDS[mail.about]:
        if fitting := [one for one in speaks if one.about == standing and fits(mail, one)]:
            found = dice.choice(fitting[-40:])
            used.add(found.person.key)
            return found
    return None
