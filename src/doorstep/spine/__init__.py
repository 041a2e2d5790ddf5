"""The spine: the one path in, and the way back."""

from doorstep.spine.claim import reap as reap
from doorstep.spine.edge import SpineEdge as SpineEdge
from doorstep.spine.handoff import Handoff as Handoff
from doorstep.spine.outbound import Sending as Sending
from doorstep.spine.pressure import watch_pressure as watch_pressure
from doorstep.spine.quarantine import sweep as sweep
from doorstep.spine.seal import redact_sealed as redact_sealed
from doorstep.spine.undelivered import count_undelivered as count_undelivered
from doorstep.spine.undelivered import pending as pending
from doorstep.spine.worker import CONNECTIONS as CONNECTIONS
from doorstep.spine.worker import Worker as Worker
from doorstep.spine.worker import drain as drain
