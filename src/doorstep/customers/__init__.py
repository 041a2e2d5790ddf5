"""Who it is."""

from doorstep.customers.identify import Raced as Raced
from doorstep.customers.identify import identify as identify
from doorstep.customers.members import MEMBERS as MEMBERS
from doorstep.customers.members import members as members
from doorstep.customers.merge import merge as merge
from doorstep.customers.model import Known as Known
from doorstep.customers.unreachable import mark_unreachable as mark_unreachable
