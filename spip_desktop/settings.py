"""What belongs to this workstation alone: look, window, where the store is. Nothing about any person.

What a service decides lives in the store.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

THEMES = ("light", "dark", "high_contrast")
IDLE_MINUTES = range(1, 21)


@dataclass(frozen=True, slots=True)
class Settings:
    """`geometry` is Qt's own, in hexadecimal; `store_folder` empty means the usual place."""

    theme: str = "light"
    text_percent: int = 100
    geometry: str = ""
    store_folder: str = ""
    idle_minutes: int = 5
    spelling: bool = True

    def checked(self) -> "Settings":
        """The same with anything unreadable back to its usual value."""
        usual = Settings()
        return replace(
            self,
            theme=self.theme if self.theme in THEMES else usual.theme,
            text_percent=self.text_percent if 100 <= self.text_percent <= 200 else usual.text_percent,
            geometry=self.geometry if _is_hexadecimal(self.geometry) else usual.geometry,
            idle_minutes=self.idle_minutes if self.idle_minutes in IDLE_MINUTES else usual.idle_minutes,
        )


class SettingsFile:
    """The settings on disk; a missing or damaged file gives the usual ones."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Settings:
        try:
            text = self.path.read_text("utf-8")
        except (OSError, ValueError):
            return Settings()
        import json  # not at the top: most stations have no such file, and the first page waits for nothing else of it

        try:
            raw = json.loads(text)
        except (ValueError, RecursionError):
            return Settings()
        usual = asdict(Settings())
        raw = raw if isinstance(raw, dict) else {}
        kept = {name: raw[name] for name, value in usual.items() if type(raw.get(name)) is type(value)}
        return Settings(**(usual | kept)).checked()

    def write(self, settings: Settings) -> None:
        """Best effort: a read-only profile must not stop anyone from working."""
        import json

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part = self.path.with_suffix(".part")
            part.write_text(json.dumps(asdict(settings), indent=1), "utf-8")
            part.replace(self.path)
        except OSError:
            return


def _is_hexadecimal(text: str) -> bool:
    return len(text) % 2 == 0 and set(text) <= set("0123456789abcdef")


def usual_settings_path(environment: Mapping[str, str] = os.environ) -> Path:
    return _base(environment, "XDG_CONFIG_HOME", ".config", "APPDATA") / "spip-desktop" / "settings.json"


def usual_store_folder(environment: Mapping[str, str] = os.environ, *, demonstration: bool = False) -> Path:
    """Where the store is when nobody chose: on a local disk, in the officer's own profile."""
    name = "demonstration" if demonstration else "magasin"
    return _base(environment, "XDG_DATA_HOME", ".local/share", "LOCALAPPDATA") / "spip-desktop" / name


def _base(environment: Mapping[str, str], xdg: str, beneath_home: str, windows: str) -> Path:
    if sys.platform == "win32":
        return Path(environment.get(windows) or Path.home())
    return Path(environment.get(xdg) or Path.home() / beneath_home)
