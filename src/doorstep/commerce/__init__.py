"""Commerce: what a shop knows of its customers' orders, taken in by batches and shown beside the talk."""

from doorstep.commerce.import_file import import_file as import_file
from doorstep.commerce.import_file import import_from as import_from
from doorstep.commerce.kinds import KINDS as KINDS
from doorstep.commerce.model import Order as Order
from doorstep.commerce.model import Refusal as Refusal
from doorstep.commerce.model import Report as Report
from doorstep.commerce.money import written as written
from doorstep.commerce.orders_of import ORDERS_OF as ORDERS_OF
from doorstep.commerce.orders_of import orders_of as orders_of
from doorstep.commerce.take import take as take
