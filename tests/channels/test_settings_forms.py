"""The desk draws a form from a channel's settings: what lays it out speaks of fields that are there."""

import pytest

from doorstep.channels import found
from doorstep.spine.inbox_settings import fields_of

CHANNELS = found()


@pytest.mark.parametrize("key", CHANNELS)
def test_a_form_can_be_drawn(key: str) -> None:
    fields = fields_of(CHANNELS[key])
    for field in fields.values():
        assert field["title"]
        assert field["description"].endswith((".", "?"))
        assert set(field.get("words", field.get("enum", []))) == set(field.get("enum", []))


@pytest.mark.parametrize("key", CHANNELS)
def test_with_headings_every_field_stands_under_one(key: str) -> None:
    grouped = ["group" in field for field in fields_of(CHANNELS[key]).values()]
    assert all(grouped) or not any(grouped)


@pytest.mark.parametrize("key", CHANNELS)
def test_what_is_shown_only_when_speaks_of_fields_and_their_choices(key: str) -> None:
    fields = fields_of(CHANNELS[key])
    for alternatives in (field.get("when", []) for field in fields.values()):
        for conditions in alternatives:
            for name, value in conditions.items():
                assert value is True or value in fields[name]["enum"]
