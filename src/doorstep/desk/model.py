"""What the agent's screen is given. These structs are the wire too; the generated types come from them."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from doorstep.commerce import Order
from doorstep.kernel import Address


class QueueRow(msgspec.Struct, frozen=True):
    """One conversation in a list. `reply_within_s`: the first-reply target, in seconds."""

    id: UUID
    customer_id: UUID
    customer_name: str
    matter: str
    channel: str
    state: str
    due_at: datetime | None
    opened_at: datetime
    last_at: datetime
    unread: bool
    agent_id: UUID | None
    agent_name: str | None
    reply_within_s: int
    version: int


class QueueCounts(msgspec.Struct, frozen=True):
    """How many open conversations are mine, nobody's yet, and all there are."""

    mine: int
    team: int
    all: int


class QueuePage(msgspec.Struct, frozen=True):
    """A page of the queue; `next` is the cursor to go on with. The first page has the counts."""

    rows: list[QueueRow]
    next: str | None
    counts: QueueCounts | None
    now: datetime


class StorySender(msgspec.Struct, frozen=True):
    """Who said it."""

    value: str
    name: str


class StoryFile(msgspec.Struct, frozen=True):
    """A file that came along."""

    id: UUID
    name: str
    media_type: str
    size: int
    inline: bool


class Because(msgspec.Struct, frozen=True):
    """Why it was given to whom it was given; `is_question`: nobody here can tell whose it is."""

    reasons: list[str]
    is_question: bool


class StoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the story; which of the fields it has depends on its `kind`.

    `said` is what was newly written, where that is less than `text`. `is_cut`: the text goes on.
    `mode`: `reply` or `forward`, of what we sent; `to`: to whom it went.
    """

    kind: str
    id: UUID
    happened_at: datetime
    received_at: datetime | None = None
    conversation_id: UUID | None = None
    channel: str | None = None
    direction: str | None = None
    speaker: str | None = None
    mode: str | None = None
    to: list[Address] | None = None
    subject: str | None = None
    text: str | None = None
    said: str | None = None
    is_erased: bool | None = None
    """Its words are gone for good."""
    because: Because | None = None
    """Where its address alone did not say whose it is."""
    is_cut: bool | None = None
    has_html: bool | None = None
    sender: StorySender | None = None
    attested: dict[str, str] | None = None
    """What its channel vouches for, as in `dmarc: pass`."""
    agent_name: str | None = None
    delivery: str | None = None
    delivery_detail: str | None = None
    send_at: datetime | None = None
    attachments: list[StoryFile] | None = None
    also_by: list[str] | None = None
    """The other inboxes that it came by too, by name."""
    order_no: str | None = None
    amount_minor: int | None = None
    currency: str | None = None
    lines: int | None = None
    promised_on: date | None = None
    state: str | None = None
    method: str | None = None
    reason: str | None = None
    carrier: str | None = None
    tracking_no: str | None = None
    step: str | None = None
    place: str | None = None
    detail: str | None = None
    verb: str | None = None


class StoryPage(msgspec.Struct, frozen=True):
    """A part of the story, oldest first.

    `before` is the cursor to what was earlier and `after` to what came later, each where that was asked for
    and something may be left there.
    """

    entries: list[StoryEntry]
    before: str | None
    after: str | None = None


class FoundEntry(msgspec.Struct, frozen=True):
    """A message of the story in which the words stand; `place` is the cursor to read the story around."""

    id: UUID
    happened_at: datetime
    place: str


class FoundEntries(msgspec.Struct, frozen=True):
    """Where in a story the words stand, newest first; `next` is the cursor to go on with."""

    entries: list[FoundEntry]
    next: str | None


class ViewCustomer(msgspec.Struct, frozen=True):
    """The person; `ids` are all records that are one with it, its own first."""

    id: UUID
    ids: list[UUID]
    name: str
    city: str
    country: str
    language: str
    created_at: datetime


class ViewIdentity(msgspec.Struct, frozen=True):
    """One way to know the person, and how we know; and since when what we send there comes back, and why.

    `reasons`: what spoke for it when it was linked, where its evidence does not say it all.
    """

    id: UUID
    kind: str
    value: str
    name: str
    evidence: str
    linked_at: datetime
    unreachable_at: datetime | None = None
    unreachable_why: str = ""
    reasons: list[str] = []
    attested_at: datetime | None = None


class ViewConversation(msgspec.Struct, frozen=True):
    """A matter of this customer."""

    id: UUID
    matter: str
    state: str
    channel: str
    opened_at: datetime
    last_at: datetime
    interactions: int


class CustomerView(msgspec.Struct, frozen=True):
    """All we know of a customer: the newest 20 orders, 20 conversations, and the end of the story.

    `order_count` is not counted beyond 1,000.
    """

    customer: ViewCustomer
    identities: list[ViewIdentity]
    orders: list[Order]
    order_count: int
    conversations: list[ViewConversation]
    story: StoryPage


class FoundCustomer(msgspec.Struct, frozen=True):
    """A person the search found; `identity` is the address it was found by."""

    id: UUID
    name: str
    city: str
    country: str
    identity: str | None


class FoundOrder(msgspec.Struct, frozen=True):
    """An order the search found."""

    id: UUID
    order_no: str
    customer_id: UUID
    customer_name: str
    placed_at: datetime
    total_minor: int
    currency: str


class Findings(msgspec.Struct, frozen=True):
    """What a search found."""

    customers: list[FoundCustomer]
    orders: list[FoundOrder]


class Words(msgspec.Struct, frozen=True):
    """The whole text of an interaction, and whose it is."""

    text: str
    customer_id: UUID


class Page(msgspec.Struct, frozen=True):
    """The HTML of an interaction, and whose it is; `is_shown`: its sender's pictures are always loaded."""

    html: str
    customer_id: UUID
    is_shown: bool


class InlineFile(msgspec.Struct, frozen=True):
    """A picture that stands within the HTML."""

    id: UUID
    content_id: str


class StoredFile(msgspec.Struct, frozen=True):
    """An attachment, where it lies, and whose it is."""

    name: str
    media_type: str
    size: int
    sha256: str
    customer_id: UUID


class PrintedLine(msgspec.Struct, frozen=True):
    """An interaction for the paper. `length` is that of all it says; `files` and `recipients` are JSON."""

    id: UUID
    happened_at: datetime
    channel: str
    direction: str
    mode: str
    subject: str
    text: str
    said: str
    length: int
    recipients: bytes
    delivery: str
    sender_name: str | None
    sender_value: str | None
    agent_name: str | None
    files: str
