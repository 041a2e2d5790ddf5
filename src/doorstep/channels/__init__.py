"""Every way a customer can reach us: one folder each. A channel knows the kernel and nothing else of ours."""

from doorstep.channels.registry import ChannelInfo as ChannelInfo
from doorstep.channels.registry import Reader as Reader
from doorstep.channels.registry import described as described
from doorstep.channels.registry import found as found
from doorstep.channels.registry import reader_of as reader_of
