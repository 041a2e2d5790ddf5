"""What an inbox answers by itself."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from doorstep.spine.automatic.calendar import Calendar

KNOWN = ("customer.name", "conversation.tag", "next_open")
"""The variables there are."""
Words = Annotated[str, msgspec.Meta(max_length=10_000)]


class AutomaticAnswers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words and the calendar; empty words are not sent.

    `first_answer`: to a message that opens a conversation within hours. `out_of_office`: to one outside them.
    In them `{{customer.name}}`, `{{conversation.tag}}` and `{{next_open}}` are filled in.
    """

    first_answer: Words = ""
    out_of_office: Words = ""
    calendar: Calendar = Calendar()

    @property
    def is_off(self) -> bool:
        """Whether nothing would ever be sent."""
        return not (self.first_answer.strip() or self.out_of_office.strip())


class Asked(msgspec.Struct, frozen=True):
    """A message that may be answered, where it stands, and what its inbox says."""

    id: UUID
    conversation_id: UUID
    customer_id: UUID
    customer_name: str
    inbox_id: UUID
    channel: str
    subject: str
    received_at: datetime
    sender_kind: str
    sender_value: str
    sender_name: str
    content: bytes
    is_first: bool
