"""The quick look at how a line begins passes over no line that the whole pattern would find."""

import pytest

from doorstep.channels.email.signatures import BEGINNINGS, is_device


@pytest.mark.parametrize("begun", BEGINNINGS)
def test_every_way_to_begin_has_three_plain_letters(begun: frozenset[str]) -> None:
    assert begun
    assert all(len(letters) == 3 and not set(letters) & set(r"()[]{}?*+.\|^$") for letters in begun)


@pytest.mark.parametrize(
    "row",
    [
        *(
            "Sent from my iPhone",
            "SENT FROM MY PHONE",
            "Mit meinem Gerät gesendet",
            "Von meinem iPad gesendet",
        ),
        *(
            "Get Outlook for iOS",
            "Get BlueMail for Android",
            "Enviado desde mi iPhone",
            "Enviada do meu iPad",
        ),
        *(
            "Inviato da iPhone",
            "Verzonden vanaf mijn iPhone",
            "Verstuurd vanaf mijn iPad",
            "Trimis din telefon",
        ),
        *(
            "Skickat via Telia",
            "Sendt fra min iPad",
            "Poslano z iPhone",
            "Poslato sa iPhone",
            "Wysłane z iPhone",
        ),
        *("Saadetud minu iPhone", "Enviat des de iPad", "Dikirim dari iPhone", "Envoyé de mon iPhone"),
    ],
)
def test_a_device_line_in_any_language_and_case(row: str) -> None:
    assert is_device(row)


def test_words_that_begin_alike_are_words() -> None:
    assert not is_device("Sent it yesterday")
