"""Quarantine: what nobody here asked for waits beside the queue, whole, until somebody says what it is."""

from doorstep.spine.quarantine.hold import hold as hold
from doorstep.spine.quarantine.judge import GROUNDS as GROUNDS
from doorstep.spine.quarantine.judge import asks as asks
from doorstep.spine.quarantine.judge import judged as judged
from doorstep.spine.quarantine.model import Ground as Ground
from doorstep.spine.quarantine.sweep import sweep as sweep
