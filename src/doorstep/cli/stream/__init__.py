"""`doorstep stream`: a shop's own history, line by line, through the real spine, in lock-step."""

from doorstep.cli.stream.answer import stream as stream
