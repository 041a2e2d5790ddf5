"""Telephone numbers, and how people of a country write them."""

import random

CODES = {
    "DE": "49", "GB": "44", "FR": "33", "ES": "34", "IT": "39", "PL": "48", "NL": "31", "US": "1", "RU": "7"
}  # fmt: skip
MOBILES = {
    "DE": "17", "GB": "77", "FR": "6", "ES": "61", "IT": "34", "PL": "60", "NL": "6", "US": "30", "RU": "91"
}  # fmt: skip
LINES = {
    "DE": "40", "GB": "113", "FR": "4", "ES": "95", "IT": "011", "PL": "58", "NL": "30", "US": "72",
    "RU": "49",
}  # fmt: skip
LENGTHS = {"DE": 10, "GB": 10, "FR": 9, "ES": 9, "IT": 10, "PL": 9, "NL": 9, "US": 10, "RU": 10}
TRUNKS = {"DE": "0", "GB": "0", "FR": "0", "NL": "0", "RU": "8"}
WAYS = {
    "DE": ["0### #######", "0###/#######", "0### ### ## ##", "0###-#######", "(0###) #######"],
    "GB": ["0#### ######", "0#### ### ###", "(0####) ######", "0### ### ####"],
    "FR": ["0# ## ## ## ##", "0#.##.##.##.##", "0#-##-##-##-##"],
    "ES": ["### ## ## ##", "### ### ###", "###-##-##-##"],
    "IT": ["### #######", "###/#######", "### ### ####", "###.#######"],
    "PL": ["### ### ###", "###-###-###", "## ### ## ##"],
    "NL": ["0#-########", "0# ## ## ## ##", "0## ### ####"],
    "US": ["(###) ###-####", "###-###-####", "###.###.####", "1-###-###-####"],
    "RU": ["8 (###) ###-##-##", "8### ### ## ##", "8-###-###-##-##"],
}


def number(rng: random.Random, country: str, begins: dict[str, str]) -> str:
    """A number in E.164."""
    first = begins[country]
    return f"+{CODES[country]}{first}" + "".join(rng.choices("23456789", k=LENGTHS[country] - len(first)))


def written(rng: random.Random, number: str, country: str) -> str:
    """A number as people write it: the ways of the country, or one of those that all know."""
    code = CODES[country]
    national = number.removeprefix("+" + code)
    digits = iter(national)
    own = "".join(next(digits) if c == "#" else c for c in rng.choice(WAYS[country]))
    spaced = " ".join(national[n : n + 3] for n in range(0, len(national), 3))
    return rng.choice(
        [
            number,
            f"00{number[1:]}",
            f"+{code} {spaced}",
            f"+{code} (0){spaced}" if TRUNKS.get(country) == "0" else f"+{code}-{national}",
            TRUNKS.get(country, "") + national,
            own,
            own,
            own,
        ]
    )
