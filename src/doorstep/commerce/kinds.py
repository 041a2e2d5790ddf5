"""The kinds of rows a shop sends, in the order in which one needs another."""

from collections.abc import Awaitable, Callable
from typing import Final

import msgspec

from doorstep.commerce.customers import put_customers
from doorstep.commerce.locations import put_locations
from doorstep.commerce.model import Outcome
from doorstep.commerce.orders import put_orders
from doorstep.commerce.payments import put_payments
from doorstep.commerce.products import put_products
from doorstep.commerce.refunds import put_refunds
from doorstep.commerce.returns import put_returns
from doorstep.commerce.rows import (
    CustomerRow,
    LocationRow,
    OrderRow,
    PaymentRow,
    ProductRow,
    RefundRow,
    ReturnRow,
    Row,
    ShipmentRow,
    StockRow,
)
from doorstep.commerce.shipments import put_shipments
from doorstep.commerce.stock import put_stock
from doorstep.kernel import NotFound


class Kind(msgspec.Struct, frozen=True):
    """A kind: the struct of its rows, the verb that puts them, the event that tells of it."""

    row: type[Row]
    put: Callable[..., Awaitable[list[Outcome]]]
    event: str


KINDS: Final[dict[str, Kind]] = {
    "products": Kind(ProductRow, put_products, "product.upserted"),
    "locations": Kind(LocationRow, put_locations, "location.upserted"),
    "stock": Kind(StockRow, put_stock, "stock.upserted"),
    "customers": Kind(CustomerRow, put_customers, "customer.upserted"),
    "orders": Kind(OrderRow, put_orders, "order.upserted"),
    "payments": Kind(PaymentRow, put_payments, "payment.upserted"),
    "refunds": Kind(RefundRow, put_refunds, "refund.upserted"),
    "shipments": Kind(ShipmentRow, put_shipments, "shipment.upserted"),
    "returns": Kind(ReturnRow, put_returns, "return.upserted"),
}


def named(kind: str) -> Kind:
    """The kind of this name. Raises `NotFound`, with the names there are."""
    if kind not in KINDS:
        raise NotFound(f"There are no {kind!r} here. Use one of: {', '.join(KINDS)}.")
    return KINDS[kind]
