"""The tables the company fills, in the order in which they go in, and their columns."""

from typing import Any, Final

SOURCE: Final = "demo"

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]

_OF_ORDER: Final = ("id", "source", "external_id", "order_id", "customer_id")
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "product": ("id", "source", "external_id", "sku", "title", "price_minor", "currency"),
    "location": ("id", "source", "external_id", "name", "city", "country"),
    "stock_level": ("product_id", "location_id", "on_hand", "reserved", "counted_at"),
    "customer": ("id", "name", "city", "country", "language", "created_at"),
    "identity": ("id", "kind", "value", "name", "customer_id", "evidence", "linked_at"),
    "shop_customer": ("source", "external_id", "customer_id", "said"),
    "sales_order": (
        "id", "source", "external_id", "order_no", "customer_id", "placed_at", "state", "currency",
        "total_minor", "shipping_minor", "promised_on", "ship_to",
    ),
    "line_item": ("id", "order_id", "position", "product_id", "title", "quantity", "price_minor"),
    "payment": (*_OF_ORDER, "happened_at", "state", "method", "amount_minor", "currency"),
    "refund": (*_OF_ORDER, "happened_at", "state", "reason", "amount_minor", "currency"),
    "shipment": (*_OF_ORDER, "carrier", "tracking_no", "location_id", "state", "created_at", "promised_on"),
    "tracking_event": ("id", "shipment_id", "customer_id", "happened_at", "step", "place", "detail"),
    "sales_return": (*_OF_ORDER, "happened_at", "state", "reason", "lines"),
    "conversation": (
        "id", "customer_id", "inbox_id", "queue_id", "channel", "matter", "state", "agent_id",
        "opened_at", "last_at", "unread", "interactions", "version",
    ),
    "interaction": (
        "id", "customer_id", "identity_id", "conversation_id", "inbox_id", "channel", "direction", "kind",
        "happened_at", "received_at", "subject", "text", "message_id", "recipients", "agent_id", "delivery",
        "delivery_detail",
    ),
    "action": ("id", "customer_id", "conversation_id", "agent_id", "happened_at", "verb"),
    "seen": ("inbox_id", "external_id", "signal_id"),
    "journal": ("id", "received_at", "inbox_id", "channel", "signal", "raw"),
}  # fmt: skip


def empty() -> Rows:
    """A list for each table."""
    return {table: [] for table in COLUMNS}
