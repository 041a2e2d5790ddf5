"""The fakes we ship: a channel, an edge and a clock in memory, for our tests and for yours."""

from doorstep.testing.channel import MemoryChannel as MemoryChannel
from doorstep.testing.channel import MemorySettings as MemorySettings
from doorstep.testing.clock import TurnableClock as TurnableClock
from doorstep.testing.edge import MemoryEdge as MemoryEdge
from doorstep.testing.edge import MemoryFiles as MemoryFiles
