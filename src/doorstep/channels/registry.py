"""Which channels there are: the packages of this folder, and those other distributions bring along."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any, Protocol, cast

import msgspec

from doorstep.kernel import Archives, Channel, Misconfigured, Traits

GROUP = "doorstep.channels"
"""The entry-point group by which another distribution adds a channel: `key = "package.channel:CHANNEL"`."""


class Reader(Protocol):
    """A channel's module `sheet`: it reads the files that people keep of its messages."""

    NOUN: str
    """What such a file is called."""
    LARGEST: int
    """Bytes."""

    def sheet(self, raw: bytes, clean: Callable[[str], str], address: str = "") -> msgspec.Struct:
        """All that can be told of one. Raises `Invalid`. `clean` makes HTML harmless."""
        ...

    def stages(self, raws: Sequence[bytes], clean: Callable[[str], str]) -> dict[str, float]:
        """CPU seconds that each stage of reading them takes."""
        ...


class ChannelInfo(msgspec.Struct, frozen=True):
    """All the desk needs to draw a channel. `icon`: an SVG or empty; `settings`: an inbox's JSON Schema."""

    key: str
    label: str
    icon: str
    traits: Traits
    settings: dict[str, Any]
    keeps_archives: bool = False
    """Whether what was said before can be moved in from files."""


def found() -> dict[str, Channel]:
    """Every channel by its key. Raises `Misconfigured`, naming the one that cannot be used and why."""
    channels: dict[str, Channel] = {}
    for key, origin, channel in _candidates():
        if key in channels:
            raise Misconfigured(f"Two channels call themselves “{key}”; the second is {origin}. Remove one.")
        channels[key] = _checked(key, origin, channel)
    return channels


def reader_of(noun: str) -> Reader:
    """What reads files of this name. Loads no channel whole. Raises `Misconfigured` when nothing does."""
    for key in folders():
        module = f"doorstep.channels.{key}.sheet"
        reader = import_module(module) if find_spec(module) else None
        if getattr(reader, "NOUN", "") == noun:
            return cast(Reader, reader)
    raise Misconfigured(f"No channel here reads a {noun}.")


def described(channels: Mapping[str, Channel]) -> list[ChannelInfo]:
    """What the desk is told of the channels, by label."""
    infos = [
        ChannelInfo(
            channel.key,
            channel.label,
            _icon(channel),
            channel.traits,
            msgspec.json.schema(channel.settings),
            isinstance(channel, Archives),
        )
        for channel in channels.values()
    ]
    return sorted(infos, key=lambda info: info.label)


def _candidates() -> Iterator[tuple[str, str, object]]:
    for key in folders():
        yield key, f"folder channels/{key}", _from_folder(key)
    for entry in entry_points(group=GROUP):
        yield entry.name, f"entry point {entry.value}", _from_entry(entry)


def folders() -> list[str]:
    """The names of the packages in this folder: each is a channel."""
    here = import_module("doorstep.channels")
    return sorted(module.name for module in iter_modules(here.__path__) if module.ispkg)


def _from_folder(key: str) -> object:
    return _loaded(
        f"folder channels/{key}", lambda: import_module(f"doorstep.channels.{key}.channel").CHANNEL
    )


def _from_entry(entry: EntryPoint) -> object:
    return _loaded(f"entry point {entry.value}", entry.load)


def _loaded(origin: str, load: Any) -> object:
    try:
        return load()
    except Exception as error:
        raise Misconfigured(f"The channel from {origin} does not load: {error!r}.") from error


def _checked(key: str, origin: str, channel: object) -> Channel:
    """The channel, if it has everything the port asks for."""
    for name, kind in (("key", str), ("label", str), ("traits", Traits), ("settings", type)):
        if not isinstance(getattr(channel, name, None), kind):
            raise Misconfigured(f"The channel from {origin} has no `{name}` ({kind.__name__}).")
    if not callable(getattr(channel, "parse", None)):
        raise Misconfigured(f"The channel from {origin} has no `parse`.")
    if channel.key != key:  # type: ignore[attr-defined]
        raise Misconfigured(f"The channel from {origin} must have the key “{key}”.")
    return channel  # type: ignore[return-value]


def _icon(channel: Channel) -> str:
    package = type(channel).__module__.rpartition(".")[0]
    icon = files(package).joinpath("icon.svg") if package else None
    return icon.read_text(encoding="utf-8").strip() if icon is not None and icon.is_file() else ""
