"""`doorstep stream`: a shop's own history, line by line, through the real spine, each answered before the next."""

from doorstep.cli.stream.answer import stream as stream
