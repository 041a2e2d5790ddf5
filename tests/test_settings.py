"""Settings come from a file and the environment, and a wrong one is named."""

from pathlib import Path

import pytest

from doorstep.kernel import Misconfigured
from doorstep.settings import Settings, read_settings

SAMPLE = Path(__file__).parents[1] / "docs" / "doorstep.sample.toml"


def written(folder: Path, text: str) -> Path:
    file = folder / "doorstep.toml"
    file.write_text(text)
    return file


def test_the_sample_is_the_defaults_and_names_every_one() -> None:
    assert read_settings(SAMPLE, {}) == Settings()
    text = SAMPLE.read_text()
    for section in (
        Settings,
        type(Settings().http),
        type(Settings().spine),
        type(Settings().quarantine),
        type(Settings().log),
    ):
        for field in section.__struct_fields__:
            assert f"\n{field} = " in text or f"\n[{field}]" in text, field


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, '[http]\nport = 8001\nhost = "::1"\n[channels.letterbox]\nport = 25\n')
    found = read_settings(file, {"DOORSTEP_HTTP__PORT": "8002", "DOORSTEP_CHANNELS__LETTERBOX__PORT": "26"})
    assert (found.http.port, found.http.host) == (8002, "::1")
    assert found.channels == {"letterbox": {"port": "26"}}
    assert found.address == "http://[::1]:8002"


@pytest.mark.parametrize(
    ("text", "environment", "words"),
    [
        ("[http]\nport = 'high'", {}, r"http\.port, in .*doorstep\.toml: expected `int`"),
        ("[http]\nprot = 1", {}, r"http\.prot, in .*: there is no such setting.*DOORSTEP_HTTP__PROT"),
        ("", {"DOORSTEP_HTTP__PORT": "70000"}, r"http\.port, in the environment: expected `int` <= 65535"),
        ("", {"DOORSTEP_DATABSE_URL": "x"}, r"databse_url, in the environment: there is no such setting"),
        ("[log]\nlevel = 'loud'", {}, r"log\.level, in .*: invalid enum value"),
        ("[http", {}, "cannot be read"),
        ("", {"DOORSTEP_DATA": "x", "DOORSTEP_DATA__X": "y"}, "DOORSTEP_DATA__X"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, environment: dict[str, str], words: str) -> None:
    with pytest.raises(Misconfigured, match=words):
        read_settings(written(tmp_path, text), environment)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="no settings file"):
        read_settings(tmp_path / "none.toml", {})


def test_what_tests_are_told_is_no_setting() -> None:
    assert read_settings(SAMPLE, {"DOORSTEP_TEST_DATABASE_URL": "x", "DOORSTEP_SHARED": "y"}) == Settings()


def test_proxies_are_networks_in_the_file_or_between_commas() -> None:
    there = {"DOORSTEP_HTTP__TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8"}
    assert read_settings(environment=there).http.proxies == ["127.0.0.1", "10.0.0.0/8"]
    with pytest.raises(Misconfigured, match="http"):
        read_settings(environment={"DOORSTEP_HTTP__TRUSTED_PROXIES": "the proxy"})
