"""What it is about."""

from doorstep.understanding.matter import matter as matter
from doorstep.understanding.references import Orders as Orders
from doorstep.understanding.references import order_numbers as order_numbers
from doorstep.understanding.understand import Understood as Understood
from doorstep.understanding.understand import understand as understand
