"""What becomes of each purchase: lines, money, a parcel, and sometimes the way back."""

import random
from datetime import date
from typing import Any, Final
from uuid import UUID

import msgspec

from doorstep.demo.catalogue import Article, Catalogue
from doorstep.demo.dice import DAY, HOUR, MINUTE, Weighted, made_id, moment
from doorstep.demo.parcels import Way, promised, state, way
from doorstep.demo.persons import Person
from doorstep.demo.purchases import Purchase
from doorstep.demo.tables import SOURCE, Rows
from doorstep.demo.words import goods

FIRST_NO: Final = 100_001
CANCELLED: Final = 0.022
FAILED_FIRST: Final = 0.03
SENT_BACK: Final = 0.05
GOODWILL: Final = 0.01
RUSH: Final = 16 * DAY
STUCK: Final = 0.025
"""Of the last days' parcels so many got stuck, so that the desk has something to solve."""
KEPT: Final = 90 * DAY
PASSING: Final = frozenset({"sorted", "out"})
"""Steps that carriers forget after a while."""
FREE_FROM: Final = 4900
SHIPPING: Final = {"EUR": 490, "GBP": 450, "USD": 1490, "JPY": 2400}
LINES: Final = Weighted([1, 2, 3, 4, 5, 6], [50, 26, 13, 6, 3, 2])
METHODS: Final = Weighted(
    ["Visa", "Mastercard", "PayPal", "Bank transfer", "Gift card", "Debit card"], [41, 27, 10, 15, 5.5, 1.5]
)
REASONS: Final = Weighted(
    ["arrived broken", "not as pictured", "too small", "changed my mind", "wrong item", "faulty"],
    [24, 14, 18, 26, 8, 10],
)


class Sold(msgspec.Struct, frozen=True, gc=False):
    """An order, as people write about it. `about` says how it stands: sent, late, held, delivered, …"""

    id: UUID
    no: str
    person: Person
    placed: int
    title: str
    tracking: str
    promised: date
    about: str
    since: int
    """When it came to stand so."""


class Seller:
    """Takes purchases and writes the rows they lead to until `now`."""

    def __init__(
        self, dice: random.Random, now: int, catalogue: Catalogue, places: dict[str, UUID], rows: Rows
    ) -> None:
        self._dice = dice
        self._now = now
        self._catalogue = catalogue
        self._rows = rows
        every = goods().location
        self._homes = Weighted([(p.name, places[p.key]) for p in every], [p.share for p in every])
        self._near = {p.country: (p.name, places[p.key]) for p in reversed(every)}
        self._counts: dict[str, int] = {}

    def sell(self, n: int, purchase: Purchase) -> Sold:
        """The `n`th order, with all that hangs on it."""
        at, person = purchase.at, purchase.person
        order_id, currency = self._id(at), person.country.currency
        goods_minor, first = self._lines(order_id, purchase, currency)
        free = FREE_FROM * (100 if currency == "JPY" else 1)
        shipping = 0 if goods_minor >= free else SHIPPING[currency]
        order = _Order(order_id, str(FIRST_NO + n), person, at, currency, goods_minor + shipping, first)
        due = promised(at, person)
        is_cancelled = self._dice.random() < CANCELLED and at + HOUR < self._now
        paid_at = self._pay(order, is_cancelled)
        about, since, tracking = "cancelled", at, ""
        if not is_cancelled:
            about, since, tracking = self._send(order, paid_at)
        placed = (
            moment(at),
            _STATES.get(about, "open"),
            currency,
            order.total,
            shipping,
            due,
            _ship_to(person),
        )
        self._rows["sales_order"].append((order_id, SOURCE, order.no, order.no, person.id, *placed))
        return Sold(order_id, order.no, person, at, first, tracking, due, about, since)

    def _id(self, at: int) -> UUID:
        return made_id(self._dice, at)

    def _lines(self, order_id: UUID, purchase: Purchase, currency: str) -> tuple[int, str]:
        total, count = 0, LINES.pick(self._dice)
        articles: dict[str, Article] = {}
        for _ in range(count):
            article = self._catalogue.taken.pick(self._dice)
            articles.setdefault(article.key, article)
        if purchase.refill:
            articles = {purchase.refill.key: purchase.refill} | articles
        for position, article in enumerate(articles.values(), 1):
            quantity = 1 if self._dice.random() < 0.78 else self._dice.choice((2, 2, 3, 4, 6))
            price = article.price(currency)
            total += quantity * price
            row = (self._id(purchase.at), order_id, position, article.id, article.title, quantity, price)
            self._rows["line_item"].append(row)
        return total, next(iter(articles.values())).title

    def _pay(self, order: "_Order", is_cancelled: bool) -> int:
        method = METHODS.pick(self._dice)
        if method in ("Visa", "Mastercard", "Debit card"):
            method = f"{method} {self._dice.randrange(10**4):04}"
        at = order.at + self._dice.randrange(20_000, 4 * MINUTE)
        if self._dice.random() < FAILED_FIRST:
            self._money("payment", order, at, "failed", method, order.total)
            at += 3 * MINUTE
        if method == "Bank transfer":
            self._money("payment", order, at, "authorised", method, order.total)
            return at + int(self._dice.uniform(4, 30) * HOUR) if not is_cancelled else at
        self._money("payment", order, at, "voided" if is_cancelled else "paid", method, order.total)
        return at

    def _money(self, table: str, order: "_Order", at: int, state: str, why: str, amount: int) -> None:
        if at <= self._now:
            key = f"{order.no}-{self._count(table)}"
            happened = (moment(at), state, why, amount, order.currency)
            self._rows[table].append((self._id(at), SOURCE, key, order.id, order.person.id, *happened))

    def _count(self, what: str) -> int:
        self._counts[what] = self._counts.get(what, 0) + 1
        return self._counts[what]

    def _send(self, order: "_Order", paid_at: int) -> tuple[str, int, str]:
        home, location_id = self._near.get(order.person.country.code) or self._homes.pick(self._dice)
        if self._dice.random() < 0.3:
            home, location_id = self._homes.pick(self._dice)
        is_stuck = self._now - order.at < RUSH and self._dice.random() < STUCK
        route = way(self._dice, order.at, order.person, home, is_stuck)
        steps = route.until(self._now)
        if not steps:
            return "open", order.at, ""
        shipment_id, created = self._id(steps[0].at), moment(steps[0].at)
        key = (shipment_id, SOURCE, f"s{order.no}", order.id, order.person.id)
        parcel = (route.carrier, route.tracking, location_id, state(steps), created, route.promised)
        self._rows["shipment"].append((*key, *parcel))
        for step in steps if self._now - order.at < KEPT else [s for s in steps if s.step not in PASSING]:
            happened = (moment(step.at), step.step, step.place, step.detail)
            self._rows["tracking_event"].append((self._id(step.at), shipment_id, order.person.id, *happened))
        about = self._about(route)
        return self._back(order, about, steps[-1].at), steps[-1].at, route.tracking

    def _about(self, route: Way) -> str:
        standing = state(route.until(self._now))
        if standing in ("packed", "sent", "out") and route.promised < moment(self._now).date():
            return "late"
        return "sent" if standing in ("packed", "out") else standing

    def _back(self, order: "_Order", about: str, at: int) -> str:
        chance = self._dice.random()
        if about in ("lost", "returned"):
            self._refund(order, at + 2 * DAY, f"parcel {about}", order.total)
        elif about == "delivered" and chance < SENT_BACK:
            return self._return(order, at)
        elif about == "delivered" and chance < SENT_BACK + GOODWILL:
            self._refund(order, at + DAY, "goodwill", max(order.total // 10, 1))
        return about

    def _return(self, order: "_Order", delivered: int) -> str:
        asked = delivered + int(self._dice.uniform(0.5, 12) * DAY)
        if asked > self._now:
            return "delivered"
        reason, sent = REASONS.pick(self._dice), asked + int(self._dice.uniform(1, 4) * DAY)
        received = sent + int(self._dice.uniform(2, 5) * DAY)
        paid = received + int(self._dice.uniform(1, 6) * DAY)
        reached = [(asked, "asked"), (sent, "sent"), (received, "received"), (paid, "closed")]
        standing = [name for at, name in reached if at <= self._now][-1]
        lines = msgspec.json.encode([{"title": order.first, "quantity": 1}]).decode()
        key = (self._id(asked), SOURCE, f"r{order.no}", order.id, order.person.id)
        self._rows["sales_return"].append((*key, moment(asked), standing, reason, lines))
        self._refund(order, paid, reason, order.total)
        return "returned" if standing == "received" else "delivered"

    def _refund(self, order: "_Order", at: int, reason: str, amount: int) -> None:
        fresh = self._now - at < 2 * DAY
        self._money("refund", order, at, "pending" if fresh else "paid", reason, amount)


class _Order(msgspec.Struct, frozen=True, gc=False):
    id: UUID
    no: str
    person: Person
    at: int
    currency: str
    total: int
    first: str


_STATES: Final = {
    "delivered": "fulfilled",
    "returned": "fulfilled",
    "lost": "fulfilled",
    "cancelled": "cancelled",
}


def _ship_to(person: Person) -> str:
    to: dict[str, Any] = {
        field: getattr(person, field) for field in ("name", "street", "house_no", "postcode")
    }
    return msgspec.json.encode(to | {"city": person.city, "country": person.country.code}).decode()
