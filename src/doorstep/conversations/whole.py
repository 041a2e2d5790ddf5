"""Whole: the row that is listed for two conversations that are one matter, as they make it."""

from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.kernel import new_id


class Row(msgspec.Struct, frozen=True):
    """A conversation's own row."""

    id: UUID
    customer_id: UUID
    inbox_id: UUID
    queue_id: UUID
    channel: str
    matter: str
    state: str
    agent_id: UUID | None
    opened_at: datetime
    last_at: datetime
    due_at: datetime | None
    unread: bool
    interactions: int
    version: int
    joined_to: UUID | None
    is_joined: bool
    is_across: bool
    follow_up_at: datetime | None
    orders: list[str]

    @property
    def is_counted(self) -> bool:
        """Whether it is one of those that wait in its queue."""
        return self.state == "open" and self.joined_to is None


class ConversationLink(msgspec.Struct, frozen=True):
    """That two conversations are one matter, and as which it is listed."""

    id: UUID
    one_id: UUID
    other_id: UUID
    joined_id: UUID
    linked_at: datetime
    ended_at: datetime | None


def whole_of(one: Row, other: Row) -> Row:
    """Their joined row: the first one's name and place, open if either is, the promise that breaks first."""
    both = (one, other)
    state = next(s for s in ("open", "waiting", "resolved") if s in {one.state, other.state})
    leading = [row for row in both if row.state == state]
    return msgspec.structs.replace(
        one,
        id=new_id(),
        state=state,
        agent_id=next((row.agent_id for row in leading if row.agent_id), None),
        opened_at=min(row.opened_at for row in both),
        last_at=max(row.last_at for row in both),
        due_at=min((row.due_at for row in both if row.due_at), default=None),
        unread=any(row.unread for row in both),
        interactions=sum(row.interactions for row in both),
        version=0,
        is_joined=True,
        is_across=one.is_across or other.is_across or one.customer_id != other.customer_id,
        follow_up_at=min((row.follow_up_at for row in leading if row.follow_up_at), default=None),
        orders=sorted({*one.orders, *other.orders}),
    )
