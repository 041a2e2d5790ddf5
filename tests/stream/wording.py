"""What people write: their question, an order, somebody else's name now and then, and how they sign."""

import random
from collections.abc import Sequence

from tests.stream.people import Person

CLOSES = {
    "DE": "Viele Grüße\n", "GB": "Kind regards,\n", "FR": "Cordialement,\n", "ES": "Un saludo,\n",
    "IT": "Cordiali saluti,\n", "PL": "Pozdrawiam\n", "NL": "Met vriendelijke groet,\n",
    "RU": "С уважением,\n", "US": "Thanks, ",
}  # fmt: skip
INTROS = {
    "DE": "Hallo, hier ist {}.", "FR": "Bonjour, je suis {}.", "ES": "Hola, soy {}.",
    "IT": "Buongiorno, sono {}.", "NL": "Hallo, mijn naam is {}.", "PL": "Dzień dobry, nazywam się {}.",
    "RU": "Здравствуйте, меня зовут {}.",
}  # fmt: skip
ASKS = [
    "Where is my parcel?",
    "I want my money back.",
    "The lamp is broken. My sister Clara says so too.",
    "Can I have it in blue?",
]
ORDERS = ["It is order {}.", "Order no. {}", "My order number is {}.", "(order #{})"]
OTHERS = [
    "My neighbour {} took it in, he says.",
    "It was a present for {}.",
    "I spoke to {} of your team.",
    "Please leave it with {}.",
]


def text_of(
    rng: random.Random, person: Person, shown: str, people: Sequence[Person], order_no: str = ""
) -> str:
    """A text of theirs."""
    said = [rng.choice(ASKS)]
    if rng.random() < 0.12:
        said.append(rng.choice(OTHERS).format(rng.choice([p.name for p in people if p is not person])))
    if order_no:
        said.append(rng.choice(ORDERS).format(order_no))
    how = rng.random()
    if how < 0.15:
        said.insert(0, INTROS.get(person.country, "Hello, this is {}.").format(person.name))
    elif how < 0.5:
        name = rng.choice([person.name, person.given, shown])
        return f"{' '.join(said)}\n\n{CLOSES[person.country]}{name}"
    return " ".join(said)
