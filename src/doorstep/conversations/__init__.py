"""The story: what belongs together, and what was said."""

from doorstep.conversations.file import Entry as Entry
from doorstep.conversations.file import amend as amend
from doorstep.conversations.file import file as file
from doorstep.conversations.model import Matter as Matter
from doorstep.conversations.thread import thread as thread
