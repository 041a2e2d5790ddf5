"""Token: a name for a conversation that nobody can make up, and a tag that anybody may read."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from doorstep.conversations.token import named_by, tag_of, tagged, token_of, untagged
from doorstep.kernel import new_id

KEY = b"k" * 32


@given(st.uuids())
def test_a_token_names_its_conversation_in_capitals_too(conversation_id: UUID) -> None:
    token = token_of(conversation_id, KEY)
    assert named_by(token, KEY) == named_by(token.upper(), KEY) == conversation_id
    assert len(token) == 35
    assert token.isalnum()


@given(st.uuids(), st.integers(0, 34), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_token_with_one_other_letter_names_nothing(conversation_id: UUID, at: int, letter: str) -> None:
    token = token_of(conversation_id, KEY)
    other = token[:at] + letter + token[at + 1 :]
    assert (named_by(other, KEY) == conversation_id) == (other == token)


@given(st.text(max_size=80))
def test_anything_else_names_nothing(said: str) -> None:
    assert named_by(said, KEY) is None


def test_another_key_seals_another_token() -> None:
    conversation_id = new_id()
    assert named_by(token_of(conversation_id, b"other"), KEY) is None


def test_a_tag_is_read_wherever_it_stands() -> None:
    conversation_id = new_id()
    said = f"Re: Where is it? {tag_of(conversation_id).upper()} please"
    span = tagged(said)
    assert span is not None
    assert span[0] <= conversation_id <= span[1]
    assert untagged(f"Where is it? {tag_of(conversation_id)}") == "Where is it?"
    assert tagged("Re: [#123] Where is it? [list]") is None
