"""The settings: one frozen struct, read once, from a TOML file and the environment.

`docs/doorstep.sample.toml` explains each. A variable `DOORSTEP_HTTP__PORT` is the key `port` of the section
`http`, and goes before the file.
"""

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from doorstep.kernel import Misconfigured

PREFIX = "DOORSTEP_"
_NOT_SETTINGS = ("DOORSTEP_CONFIG", "DOORSTEP_SHARED", "DOORSTEP_TEST_", "DOORSTEP_BENCH_")
"""What else begins so: where the file is, and what tests and benches are told."""

Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
Count = Annotated[int, msgspec.Meta(ge=1)]
Share = Annotated[float, msgspec.Meta(ge=0, lt=1)]


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the settings; a key nobody knows is an error, not a surprise."""


class Http(Section, frozen=True):
    """Where we answer."""

    host: str = "127.0.0.1"
    port: Port = 8000
    body_bytes: Count = 1_000_000
    request_seconds: Annotated[float, msgspec.Meta(gt=0)] = 30.0
    trusted_proxies: str | tuple[str, ...] = ()
    """Networks whose word we take for whose request it is; in the environment, with commas between."""

    def __post_init__(self) -> None:
        for network in self.proxies:
            ipaddress.ip_network(network)

    @property
    def proxies(self) -> list[str]:
        """The networks of trusted proxies."""
        given = self.trusted_proxies
        listed = given.split(",") if isinstance(given, str) else given
        return [one.strip() for one in listed if one.strip()]


class Spine(Section, frozen=True):
    """How signals are worked off, and when we say that we are full."""

    workers: Count = 1
    batch: Annotated[int, msgspec.Meta(ge=1, le=100)] = 100
    backlog: Count = 100_000
    disk_free: Share = 0.05


class Imports(Section, frozen=True):
    """How large what somebody brings from elsewhere may be, in bytes: sent to us, and unpacked."""

    upload_bytes: Count = 20_000_000_000
    unpacked_bytes: Count = 100_000_000_000


class Quarantine(Section, frozen=True):
    """What nobody asked for."""

    keep_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] = 30


class Privacy(Section, frozen=True):
    """What is kept of what should not have been said."""

    sealed_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 30


class Log(Section, frozen=True):
    """What we say about ourselves."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["console", "json"] = "console"


class Settings(Section, frozen=True):
    """Everything that can be set. `channels` holds each channel's own section, which it reads itself."""

    data: Path = Path("doorstep-data")
    database_url: str = ""
    public_url: str = ""
    metrics_token: str = ""
    country: Annotated[str, msgspec.Meta(pattern="^([A-Z]{2})?$")] = ""
    """Whose telephone numbers are meant where nothing names a country."""
    http: Http = Http()
    spine: Spine = Spine()
    quarantine: Quarantine = Quarantine()
    privacy: Privacy = Privacy()
    log: Log = Log()
    imports: Imports = Imports()
    channels: dict[str, dict[str, Any]] = {}

    @property
    def address(self) -> str:
        """What people type: `public_url`, else where we answer."""
        host = f"[{self.http.host}]" if ":" in self.http.host else self.http.host
        return self.public_url.rstrip("/") or f"http://{host}:{self.http.port}"


def read_settings(file: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of `file` and the environment, which goes before it.

    Without `file` it is that of DOORSTEP_CONFIG, else `doorstep.toml`, if there is one.
    Raises `Misconfigured`, naming the key and where it stands.
    """
    file, must_exist = _which(file, environment)
    written = _read(file, must_exist)
    _checked(written, str(file))
    return _checked(_merged(written, _from_environment(environment)), "the environment")


def _which(file: Path | None, environment: Mapping[str, str]) -> tuple[Path, bool]:
    if file is not None:
        return file, True
    named = environment.get("DOORSTEP_CONFIG", "")
    return Path(named or "doorstep.toml"), bool(named)


def _read(file: Path, must_exist: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        if must_exist:
            raise Misconfigured(f"There is no settings file {file}.") from None
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise Misconfigured(f"{file} cannot be read: {error}.") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in sorted(environment.items()):
        if name.startswith(PREFIX) and not name.startswith(_NOT_SETTINGS):
            *sections, key = name.removeprefix(PREFIX).lower().split("__")
            place = found
            for section in sections:
                place = place.setdefault(section, {})
                if not isinstance(place, dict):
                    raise Misconfigured(f"{name}: {section} is a value already, and cannot be a section too.")
            place[key] = value
    return found


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    both = dict(under)
    for key, value in over.items():
        inner = under.get(key)
        both[key] = _merged(inner, value) if isinstance(value, dict) and isinstance(inner, dict) else value
    return both


def _checked(values: dict[str, Any], source: str) -> Settings:
    try:
        return msgspec.convert(values, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise Misconfigured(_in_words(str(error), source)) from error


def _path(kind: type, value: Any) -> Path:
    """The one type here that msgspec does not know."""
    if kind is not Path or not isinstance(value, str) or not value:
        raise TypeError("Expected a path")
    return Path(value)


def _in_words(error: str, source: str) -> str:
    """`Expected `int`, got `str` - at `$.http.port`` as `http.port, in …: expected …`."""
    what, _, where = error.partition(" - at ")
    keys = [where.strip("`").removeprefix("$").removeprefix(".")]
    if unknown := re.search(r"unknown field `(\w+)`", what):
        keys.append(unknown[1])
        what = "there is no such setting"
    name = ".".join(key for key in keys if key) or "the settings"
    variable = PREFIX + name.upper().replace(".", "__")
    return f"{name}, in {source}: {what[:1].lower()}{what[1:]}. (As an environment variable: {variable}.)"
