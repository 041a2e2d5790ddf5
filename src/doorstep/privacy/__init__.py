"""Privacy: all that is known of a person, for them to see or to have erased; and what is kept how long."""

from doorstep.privacy.erase import JOB as JOB
from doorstep.privacy.finish import Finishing as Finishing
from doorstep.privacy.retain import retain as retain
from doorstep.privacy.tombstones import add_lists as add_lists
from doorstep.privacy.tombstones import reapply as reapply
