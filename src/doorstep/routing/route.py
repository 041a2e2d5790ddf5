"""Route: which queue takes it, and by when it wants an answer. First form: the inbox says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from doorstep.kernel import NotFound
from doorstep.routing.model import Route
from doorstep.store import beside

sql = beside(__file__)

ROUTES = sql["routes"].written
"""The statement for the routes of inboxes; asked with what else a batch needs to know."""


def route(inbox_ids: Sequence[UUID], known: Mapping[UUID, Route]) -> list[Route]:
    """The route of each, in their order. Raises `NotFound` for an inbox that was never configured."""
    if missing := set(inbox_ids) - set(known):
        raise NotFound(f"There is no inbox {min(missing)}.")
    return [known[inbox_id] for inbox_id in inbox_ids]


def routes(rows: Iterable[Sequence[Any]]) -> dict[UUID, Route]:
    """The rows of `ROUTES`, by inbox."""
    return {row[0]: Route(*row) for row in rows}
