"""Why something failed, without what it was about."""

from doorstep.kernel import Invalid
from doorstep.spine.inbound import prepare
from doorstep.store.reason import LONGEST, reason_of


def caught(does: object, *given: object) -> Exception:
    try:
        does(*given)  # type: ignore[operator]
    except Exception as error:
        return error
    raise AssertionError("it did not fail")


def test_an_error_is_told_by_its_kind_and_our_line_that_met_it() -> None:
    reason = reason_of(caught(prepare, None, b'{"text": "I live at 9 Main Street"'))
    kind, _, place = reason.partition(" in ")
    assert kind in {"DecodeError", "ValidationError", "AttributeError"}
    assert place.startswith("doorstep.")
    assert "Main Street" not in reason


def test_what_is_not_ours_is_told_by_its_own_line() -> None:
    assert reason_of(caught(int, "ana@mail.example")).startswith(
        "ValueError in tests.store.test_reason, line "
    )
    assert reason_of(ValueError("ana@mail.example")) == "ValueError."


def test_our_own_words_are_kept_and_are_storable() -> None:
    assert reason_of(Invalid("There is no\0 such\udc80 inbox.")) == "Invalid: There is no such? inbox."
    assert len(reason_of(Invalid("x" * 1000))) == LONGEST
