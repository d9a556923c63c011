"""What belongs to this workstation: the look, applied at once, and the time before the lock."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.text import NBSP
from spip_desktop.settings import IDLE_MINUTES, Settings
from spip_desktop.ui import theme
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Section
from spip_desktop.ui.readers import read_integer
from spip_desktop.wording import sentence

Read = Callable[[], Settings]


class WorkstationSection(Section):
    """A form over the settings of the workstation; an answer taken back leaves the setting as it was."""

    chosen = Signal(object)  # Settings

    def __init__(self, title: str, form: FormView, settings: Read, *, name: str) -> None:
        super().__init__(title, gap=16, name=name)
        self.form, self._settings = form, settings
        self.add(form)

    def show_settings(self) -> None:
        """Show the settings now in force, which Ctrl++ changes too."""
        raise NotImplementedError

    def take(self) -> None:
        """Send what was chosen, if it is another setting."""
        raise NotImplementedError


class AppearanceSection(WorkstationSection):
    """Theme and text size."""

    def __init__(self, settings: Read) -> None:
        sizes = tuple((str(size), f"{size}{NBSP}%") for size in theme.text_sizes())
        form = FormView(
            (
                FieldSpec("theme", "Thème", FieldKind.RADIO, tuple(theme.THEMES.items())),
                FieldSpec(
                    "text_percent",
                    "Taille du texte",
                    FieldKind.RADIO,
                    sizes,
                    help=f"Partout, Ctrl et + agrandit, Ctrl et - réduit, Ctrl et 0 remet à 100{NBSP}%.",
                ),
            )
        )
        super().__init__("Apparence", form, settings, name="settings.look")
        form.edited.connect(lambda _: self.take())

    def show_settings(self) -> None:
        now = self._settings()
        self.form.set_values({"theme": now.theme, "text_percent": str(now.text_percent)})

    def take(self) -> None:
        values, now = self.form.values(), self._settings()
        percent = str(values["text_percent"])
        wanted = replace(
            now,
            theme=str(values["theme"]) or now.theme,
            text_percent=int(percent) if percent else now.text_percent,
        )
        if wanted != now:
            self.chosen.emit(wanted)
        self.show_settings()


class LockSection(WorkstationSection):
    """After how many minutes without activity the program locks."""

    def __init__(self, settings: Read) -> None:
        field = FieldSpec(
            "idle_minutes",
            "Minutes sans activité avant le verrouillage",
            FieldKind.INTEGER,
            width="half",
            parse=_read_minutes,
            help=f"De {IDLE_MINUTES[0]} à {IDLE_MINUTES[-1]}. Ctrl et L verrouille tout de suite{NBSP}; "
            "votre travail est enregistré.",
        )
        super().__init__("Verrouillage", FormView((field,)), settings, name="settings.lock")
        # Once the field is left: while 15 is being typed, 1 would lock after one minute.
        self.form.left.connect(lambda _: self.take())

    def show_settings(self) -> None:
        self.form.set_values({"idle_minutes": self._settings().idle_minutes})

    def take(self) -> None:
        minutes = self.form.value("idle_minutes")
        if isinstance(minutes, int) and minutes != self._settings().idle_minutes:
            self.chosen.emit(replace(self._settings(), idle_minutes=minutes))


def _read_minutes(text: str) -> tuple[object | None, str]:
    minutes, problem = read_integer(text)
    if problem or minutes in IDLE_MINUTES:
        return minutes, problem
    limits: dict[str, object] = {"least": IDLE_MINUTES[0], "most": IDLE_MINUTES[-1]}
    return None, sentence(Problem("choose_minutes", "idle_minutes", limits))
