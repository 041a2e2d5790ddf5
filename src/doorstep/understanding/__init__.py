"""What it is about."""

from doorstep.understanding.matter import matter as matter
from doorstep.understanding.understand import Understood as Understood
from doorstep.understanding.understand import understand as understand
