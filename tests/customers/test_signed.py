"""Signed: who says that they wrote it."""

import pytest

from doorstep.customers.signed import signed


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Where is my order?\nRegards, Anna Schmidt", ("Anna Schmidt",)),
        ("Wo bleibt es? Viele Grüße Anna", ("Anna",)),
        ("Mit freundlichen Grüßen\nDr. Hans Meier", ("Hans Meier",)),
        ("Hallo, hier ist Peter. Wo ist mein Paket?", ("Peter",)),
        ("Сообщите.\nС уважением, Анна Иванова", ("Анна Иванова",)),
        ("My husband Peter ordered it. Best, Anna", ("Anna",)),
        ("This is urgent. Please call. Thanks", ()),
        ("", ()),
    ],
)
def test_a_text_is_signed(text: str, names: tuple[str, ...]) -> None:
    assert signed(text) == names
