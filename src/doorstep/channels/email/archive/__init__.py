"""Mails as other programs keep them: mbox in its dialects, Maildir, single files, and all of these packed."""

from doorstep.channels.email.archive.contents import content as content
from doorstep.channels.email.archive.contents import kept as kept
