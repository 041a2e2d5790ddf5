"""Queues and routes."""

from datetime import timedelta
from uuid import UUID

import msgspec


class Route(msgspec.Struct, frozen=True):
    """Where what comes by an inbox goes, and the first-reply target that it has there."""

    inbox_id: UUID
    queue_id: UUID
    reply_within: timedelta


class Waiting(msgspec.Struct, frozen=True):
    """How many open conversations a queue has."""

    queue_id: UUID
    waiting: int
