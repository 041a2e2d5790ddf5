"""The story: what belongs together, what was said, and where it stands."""

from doorstep.conversations.change import change as change
from doorstep.conversations.change import read as read
from doorstep.conversations.file import Entry as Entry
from doorstep.conversations.file import amend as amend
from doorstep.conversations.file import file as file
from doorstep.conversations.look import head_of as head_of
from doorstep.conversations.look import last_heard as last_heard
from doorstep.conversations.look import look as look
from doorstep.conversations.look import names_in as names_in
from doorstep.conversations.look import our_addresses as our_addresses
from doorstep.conversations.model import Conversation as Conversation
from doorstep.conversations.model import Head as Head
from doorstep.conversations.model import LastHeard as LastHeard
from doorstep.conversations.model import Matter as Matter
from doorstep.conversations.model import ReplyAddresses as ReplyAddresses
from doorstep.conversations.reply_to import reply_to as reply_to
from doorstep.conversations.thread import thread as thread
from doorstep.conversations.token import tag_of as tag_of
from doorstep.conversations.token import token_key as token_key
from doorstep.conversations.token import token_of as token_of
from doorstep.conversations.token import untagged as untagged
