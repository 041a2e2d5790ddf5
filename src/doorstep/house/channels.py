"""What the desk draws the channels from: no list of them stands anywhere else."""

from collections.abc import Mapping

from litestar import get
from litestar.handlers import HTTPRouteHandler

from doorstep.channels import ChannelInfo, described
from doorstep.kernel import Channel
from doorstep.people import READERS


def channel_route(channels: Mapping[str, Channel]) -> HTTPRouteHandler:
    """`GET /api/channels`."""
    infos = described(channels)

    @get("/api/channels", opt=READERS, sync_to_thread=False)
    def get_channels() -> list[ChannelInfo]:
        """The channels there are, and all that is needed to draw them."""
        return infos

    return get_channels
