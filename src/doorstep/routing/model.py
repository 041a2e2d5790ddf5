"""Queues and routes."""

from datetime import timedelta
from uuid import UUID

import msgspec


class Route(msgspec.Struct, frozen=True):
    """Where what comes by an inbox goes, its first-reply target, and whether the inbox answers by itself."""

    inbox_id: UUID
    queue_id: UUID
    reply_within: timedelta
    answers_itself: bool


class Waiting(msgspec.Struct, frozen=True):
    """How many open conversations a queue has."""

    queue_id: UUID
    waiting: int
