"""The store: database, migrations, events, jobs, leases, files."""

from doorstep.store import jobs as jobs
from doorstep.store import leases as leases
from doorstep.store import outbox as outbox
from doorstep.store.database import Connection as Connection
from doorstep.store.database import Database as Database
from doorstep.store.database import opened as opened
from doorstep.store.events import Event as Event
from doorstep.store.events import Follower as Follower
from doorstep.store.files import DiskFiles as DiskFiles
from doorstep.store.files import let_go_files as let_go_files
from doorstep.store.files import use_files as use_files
from doorstep.store.queries import Queries as Queries
from doorstep.store.queries import beside as beside
