"""Channels are found, and a broken one says what is wrong with it."""

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import msgspec
import pytest

from doorstep.channels import described, found, registry
from doorstep.kernel import Misconfigured
from doorstep.testing import MemoryChannel


def bring_along(monkeypatch: pytest.MonkeyPatch, folder: Path, source: str, key: str = "pigeon") -> None:
    """Install a distribution that offers a channel by the entry-point group."""
    package = folder / f"{key}_post"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "channel.py").write_text(source)
    info = folder / f"{key}_post-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {key}-post\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{registry.GROUP}]\n{key} = {key}_post.channel:CHANNEL\n")
    monkeypatch.syspath_prepend(str(folder))
    for name in (f"{key}_post", f"{key}_post.channel"):
        monkeypatch.delitem(sys.modules, name, raising=False)


PIGEON = """
from doorstep.testing import MemoryChannel
class Pigeon(MemoryChannel):
    key = "pigeon"
    label = "Pigeon"
CHANNEL = Pigeon()
"""


def test_every_folder_is_a_channel() -> None:
    channels = found()
    assert set(registry.folders()) <= set(channels)
    assert all(channel.key == key for key, channel in channels.items())


def test_another_distribution_brings_a_channel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bring_along(monkeypatch, tmp_path, PIGEON)
    assert found()["pigeon"].label == "Pigeon"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import nothing_of_the_kind", "does not load.*nothing_of_the_kind"),
        ("", "does not load.*CHANNEL"),
        ("CHANNEL = object()", "has no `key`"),
        (PIGEON.replace('label = "Pigeon"', "label = None"), "has no `label`"),
        (PIGEON.replace('label = "Pigeon"', "parse = None"), "has no `parse`"),
        (PIGEON.replace('key = "pigeon"', 'key = "dove"'), "must have the key “pigeon”"),
    ],
)
def test_a_broken_channel_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str, reason: str
) -> None:
    bring_along(monkeypatch, tmp_path, source)
    with pytest.raises(Misconfigured, match=reason):
        found()


def test_two_of_one_name_are_one_too_many(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    taken = registry.folders()[0]
    bring_along(monkeypatch, tmp_path, PIGEON.replace("pigeon", taken), key=taken)
    with pytest.raises(Misconfigured, match="Two channels"):
        found()


def test_the_desk_is_told_all_it_draws_from() -> None:
    infos = {info.key: info for info in described({**found(), "memory": MemoryChannel()})}
    for key in registry.folders():
        assert infos[key].icon.startswith("<svg")
        assert 'viewBox="0 0 20 20"' in infos[key].icon
        assert "currentColor" in infos[key].icon
    assert infos["memory"].icon == ""
    schema = infos["memory"].settings
    assert set(schema["$defs"]["MemorySettings"]["properties"]) == {"refuse", "retry", "consent"}
    assert msgspec.json.encode(list(infos.values()))


def test_secrets_are_marked_in_the_schema() -> None:
    for info in described(found()):
        for struct in info.settings["$defs"].values():
            for name, field in struct["properties"].items():
                if name in ("password", "secret", "token"):
                    assert field["writeOnly"] is True


def test_an_entry_point_is_named_when_it_breaks() -> None:
    entry = EntryPoint("x", "no_such_module:CHANNEL", registry.GROUP)
    with pytest.raises(Misconfigured, match="no_such_module:CHANNEL"):
        registry._from_entry(entry)
