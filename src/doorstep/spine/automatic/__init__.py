"""Automatic answers: that a message came, or that nobody is here; never to machines, once a day at most."""

from doorstep.spine.automatic.answer import JOB as JOB
from doorstep.spine.automatic.answer import Answering as Answering
from doorstep.spine.automatic.ask import ask as ask
