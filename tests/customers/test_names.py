"""Names: what two of them say of each other."""

import pytest

from doorstep.customers import Kin, is_another_person, kin
from doorstep.customers.names import is_named_after


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Anna Schmidt", "Schmidt, Anna", Kin.SAME),
        ("SCHMIDT Anna", "Ann Schmit", Kin.SAME),
        ("Bob Miller", "Robert Miller", Kin.SAME),
        ("Анна Иванова", "Anna Ivanova", Kin.SAME),
        ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos", Kin.SAME),
        ("María García López", "Maria Lopez", Kin.SAME),
        ("A. Schmidt", "Anna Schmidt", Kin.PART),
        ("Schmidt", "Anna Schmidt", Kin.PART),
        ("Anna Müller", "Anna Schmidt", Kin.GIVEN),
        ("Anna Schmidt", "Peter Schmidt", Kin.FAMILY),
        ("Gerritt Jansen", "Gerrit Jansen", Kin.SAME),
        ("Femk Dijkstra", "Femke Dijkstra", Kin.SAME),
        ("Sabine Vogel", "Sabrina Vogel", Kin.FAMILY),
        ("Daniel Weber", "Daniela Weber", Kin.FAMILY),
        ("Peter", "Anna Schmidt", Kin.OTHER),
        ("", "Anna Schmidt", Kin.UNSAID),
    ],
)
def test_two_names(one: str, other: str, found: Kin) -> None:
    assert kin(one, other) is found
    assert kin(other, one) is found


def test_a_typing_error_is_nobody_else_and_another_given_name_is() -> None:
    assert not is_another_person("Harry Andrews", "Hrary Andrews")
    assert is_another_person("Mario Rossi", "Maria Rossi")
    assert is_another_person("Anna Schmidt", "Peter Klein")
    assert is_another_person("Maëlys Chastain", "Gaël Chastain")


@pytest.mark.parametrize(
    ("letters", "is_so"), [("thierry", True), ("tnguyen", True), ("nguyen", False), ("kitten", False)]
)
def test_a_mailbox_is_named_after_a_given_name_never_after_a_family(letters: str, is_so: bool) -> None:
    assert is_named_after(letters, "Thierry Nguyen") is is_so
