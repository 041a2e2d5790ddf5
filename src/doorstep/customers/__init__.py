"""Who it is."""

from doorstep.customers.identify import Raced as Raced
from doorstep.customers.identify import identify as identify
from doorstep.customers.model import Known as Known
from doorstep.customers.unreachable import mark_unreachable as mark_unreachable
