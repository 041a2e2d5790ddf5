"""The page: one template, without script, in order also without its style."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Final
from zoneinfo import available_timezones

from jinja2 import Environment, FileSystemLoader
from litestar import MediaType
from litestar.response import Response
from markupsafe import Markup

from doorstep.choices import Choices, Hours
from doorstep.kernel import Channel
from doorstep.portal.words import CATALOGUES

FOLDER: Final = Path(__file__).parent
REGIONS: Final = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
USUAL: Final = Hours(time(), time(), "Europe/Berlin")
EVERY_DAY: Final = tuple(range(1, 8))

_STYLE: Final = FOLDER.joinpath("portal.css").read_text()
_hash = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS: Final = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_hash}'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
_pages: Final = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def shown(lang: str, status: int = 200, *, said: str = "", wrong: str = "", opens: str = "") -> Response[str]:
    """A page that knows nobody. `said`, `wrong`: keys of words; `opens`: where its one button leads."""
    return _rendered(lang, status, said=said, wrong=wrong, opens=opens)


def form(
    lang: str,
    key: str,
    choices: Choices,
    channels: Mapping[str, Channel],
    *,
    said: str = "",
    wrong: str = "",
) -> Response[str]:
    """The page of a customer who is known, with what they chose."""
    hours = choices.hours[0] if choices.hours else None
    return _rendered(
        lang,
        400 if wrong else 200,
        said=said,
        wrong=wrong,
        key=key,
        choices=choices,
        channels=sorted((key, channel.label) for key, channel in channels.items()),
        begins=f"{hours.begins:%H:%M}" if hours else "",
        ends=f"{hours.ends:%H:%M}" if hours else "",
        days=hours.days if hours else EVERY_DAY,
        zone=(hours or USUAL).time_zone,
        zones=sorted(zone for zone in available_timezones() if zone.startswith(REGIONS)),
    )


def _rendered(lang: str, status: int, *, said: str, wrong: str, **more: object) -> Response[str]:
    words = CATALOGUES[lang]
    html = _pages.get_template("page.html.jinja").render(
        lang=lang,
        w=words,
        w_codes=set(CATALOGUES),
        languages=[(code, each["name"]) for code, each in CATALOGUES.items()],
        style=Markup(_STYLE),  # noqa: S704 - our own file
        said=words[said] if said else "",
        wrong=words[wrong] if wrong else "",
        **more,
    )
    return Response(html, status_code=status, media_type=MediaType.HTML, headers=HEADERS)
