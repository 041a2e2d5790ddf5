"""Moving in: what was said before we were here, taken over from files, in order, and nobody is woken."""

from doorstep.spine.moving.model import House as House
from doorstep.spine.moving.model import Import as Import
from doorstep.spine.moving.model import Refusal as Refusal
from doorstep.spine.moving.model import Run as Run
from doorstep.spine.moving.run import run_imports as run_imports
