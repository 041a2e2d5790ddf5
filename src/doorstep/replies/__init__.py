"""What we answer, and what became of it."""

from doorstep.replies.automatic import queue_automatic as queue_automatic
from doorstep.replies.bounced import bounced as bounced
from doorstep.replies.deliver import delayed as delayed
from doorstep.replies.deliver import failed as failed
from doorstep.replies.deliver import queued as queued
from doorstep.replies.deliver import retry as retry
from doorstep.replies.deliver import sent as sent
from doorstep.replies.model import Act as Act
from doorstep.replies.model import NewNote as NewNote
from doorstep.replies.model import NewReply as NewReply
from doorstep.replies.model import Note as Note
from doorstep.replies.model import Queued as Queued
from doorstep.replies.model import Reply as Reply
from doorstep.replies.newer import check_nothing_newer as check_nothing_newer
from doorstep.replies.original import files_of as files_of
from doorstep.replies.original import original as original
from doorstep.replies.original import quoted as quoted
from doorstep.replies.queue import JOB as JOB
from doorstep.replies.queue import Destination as Destination
from doorstep.replies.queue import cleaned as cleaned
from doorstep.replies.queue import queue_reply as queue_reply
from doorstep.replies.queue import write_note as write_note
from doorstep.replies.repeat import repeated as repeated
from doorstep.replies.undo import undo as undo
