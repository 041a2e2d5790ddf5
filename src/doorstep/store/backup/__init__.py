"""Backup: database, files and secrets in one archive, and back into an empty folder."""

from doorstep.store.backup.manifest import Manifest as Manifest
from doorstep.store.backup.restore import restore as restore
from doorstep.store.backup.save import backup as backup
