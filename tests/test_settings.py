"""What belongs to the workstation survives a restart, and a damaged file stops nobody."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.settings import Settings, SettingsFile, usual_settings_path, usual_store_folder

CHOSEN = Settings(
    theme="dark", text_percent=150, geometry="01d9", store_folder="/srv/magasin", idle_minutes=12, spelling=False
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "profil" / "settings.json")


def test_nothing_kept_yet_gives_the_usual_settings(file: SettingsFile) -> None:
    assert file.read() == Settings()


def test_what_is_written_is_read_again(file: SettingsFile) -> None:
    file.write(CHOSEN)
    assert file.read() == CHOSEN
    assert [path.name for path in file.path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"12", b"\xff\xfe", b"null", b"[" * 100_000, b'{"theme": 3, "idle_minutes": true}']
)
def test_a_damaged_file_gives_the_usual_settings(file: SettingsFile, content: bytes) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(content)
    assert file.read() == Settings()


@pytest.mark.parametrize(
    "wrong",
    [
        {"theme": "rose"},
        {"text_percent": 99},
        {"text_percent": 201},
        {"idle_minutes": 0},
        {"idle_minutes": 21},
        {"geometry": "zz"},
        {"geometry": "01d"},
        {"text_percent": 150.5},
        {"spelling": "non"},
    ],
)
def test_one_wrong_value_costs_that_value_only(file: SettingsFile, wrong: dict[str, object]) -> None:
    file.write(CHOSEN)
    kept = json.loads(file.path.read_text("utf-8"))
    file.path.write_text(json.dumps(kept | wrong), "utf-8")
    usual = {name: getattr(Settings(), name) for name in wrong}
    others = {name: value for name, value in kept.items() if name not in wrong}
    assert file.read() == Settings(**(others | usual))


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("theme", "text_percent", "geometry", "idle_minutes"), JSON)))
def test_whatever_the_file_holds_the_settings_are_usable(tmp_path_factory: pytest.TempPathFactory, raw: object) -> None:
    file = SettingsFile(tmp_path_factory.getbasetemp() / "any.json")
    file.path.write_text(json.dumps(raw), "utf-8")
    read = file.read()
    assert read == read.checked()
    bytes.fromhex(read.geometry)


def test_a_place_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "profil").write_text("a file where a folder should be")
    SettingsFile(tmp_path / "profil" / "settings.json").write(CHOSEN)


def test_settings_tell_nothing_of_anyone(file: SettingsFile) -> None:
    file.write(CHOSEN)
    assert set(json.loads(file.path.read_text("utf-8"))) == {
        "theme", "text_percent", "geometry", "store_folder", "idle_minutes", "spelling"
    }  # fmt: skip


def test_the_usual_places_follow_the_environment(tmp_path: Path) -> None:
    config, data = str(tmp_path / "c"), str(tmp_path / "d")
    environment = {"XDG_CONFIG_HOME": config, "APPDATA": config, "XDG_DATA_HOME": data, "LOCALAPPDATA": data}
    assert usual_settings_path(environment) == tmp_path / "c" / "spip-desktop" / "settings.json"
    assert usual_store_folder(environment) == tmp_path / "d" / "spip-desktop" / "magasin"
    assert usual_store_folder(environment, demonstration=True).name == "demonstration"
    assert Path.home() in usual_settings_path({}).parents
