"""« Sauvegardes »: how old the last one is, one now, one tried, a second copy on another device, those there are."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.dates import hour
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.services.backup import BackupService, Trial
from spip_desktop.services.backup_files import Backup
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.folder_choice import choose_folder
from spip_desktop.ui.labels import InlineNotice, Paragraph, Section, SmallText, StateLabel
from spip_desktop.ui.tasks import Task, Tasks
from spip_desktop.ui.unfolding import buttons
from spip_desktop.wording import sentence
from spip_desktop.wording.backup import REASONS, age

_WHAT = (
    "Le programme fait une sauvegarde chiffrée toutes les 30 minutes de travail et quand il se verrouille, la relit en "
    "entier, et garde les plus récentes, puis une par jour, par semaine et par mois."
)
_SECOND = (
    "Une panne du disque emporte aussi les sauvegardes qui sont dessus : choisissez un dossier sur un autre support "
    "(clé USB chiffrée, second disque). Chaque sauvegarde y est recopiée."
)
_CHOOSE = "Choisir un dossier"
_SHOWN = 6


class BackupsSection(Section):
    """Long work goes to the worker, with its progress; nothing here asks for a dialog but the choice of a folder."""

    def __init__(self, backups: BackupService, tasks: Tasks, choose: Callable[[QWidget], Path | None] | None = None):
        super().__init__("Sauvegardes", gap=16, name="settings.backups")
        self._backups, self._tasks = backups, tasks
        self._choose = choose or (lambda parent: choose_folder(parent, _CHOOSE))
        self.status = StateLabel("", "", wrap=True)
        self.make = Button("Sauvegarder maintenant", name="backups.make")
        self.test = Button("Tester une sauvegarde", name="backups.test")
        self.outcome, self.notice = StateLabel("", "", wrap=True), InlineNotice()
        self.list = SmallText("")
        self.second = Paragraph("", colour="texte_2")
        self.pick = Button(_CHOOSE, name="backups.second")
        self.drop = Button("Ne plus recopier", name="backups.second.drop")
        self.outcome.hide()
        self.add(Paragraph(french_spaces(_WHAT), colour="texte_2"), self.status, buttons(self.make, self.test))
        self.add(self.outcome, self.notice, self.list, self.second, buttons(self.pick, self.drop))
        self.make.clicked.connect(self._make)
        self.test.clicked.connect(self._test)
        self.pick.clicked.connect(self._pick)
        self.drop.clicked.connect(lambda: self._set_second(None))

    def show_status(self) -> None:
        """Read the backups again."""
        status = self._backups.status()
        tone = "alerte" if status.late else "texte"
        self.status.set_state("alert-circle" if status.late else "check", age(status.days), tone)
        every = self._backups.every()
        lines = [_line(one) for one in every[:_SHOWN]]
        more = len(every) - _SHOWN
        self.list.setText("\n".join([*lines, *([f"et {more} autres"] if more > 0 else [])]))
        self.list.setVisible(bool(every))
        self.test.setEnabled(bool(every))
        second, may = self._backups.second_folder(), self._backups.may_choose_second()
        told = f"Chaque sauvegarde est recopiée dans {second}." if second else _SECOND
        self.second.setText(french_spaces(told))
        self.pick.setVisible(may)
        self.drop.setVisible(may and second is not None)

    # -- acts ------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        self._follow(
            "Sauvegarde en cours",
            lambda task: self._backups.make_everywhere("asked", task.progress),
            lambda _: "Sauvegarde faite et relue.",
        )

    def _test(self) -> None:
        self._follow("Lecture en cours", lambda task: self._backups.try_newest(task.progress), _tried)

    def _pick(self) -> None:
        folder = self._choose(self)
        if folder is not None:
            self._set_second(folder)

    def _set_second(self, folder: Path | None) -> None:
        try:
            self._backups.set_second_folder(folder)
        except Refusal as refusal:
            self._refused(refusal)
            return
        self.show_status()
        if folder is not None:
            self._make()

    def _follow(self, doing: str, work: Callable[[Task], object], said: Callable[..., str]) -> None:
        self._wait(doing)

        def done(result: object) -> None:
            self._rest()
            self.notice.show_sentence(said(result))

        task = self._tasks.follow(work, done, refused=self._refused)
        task.progressed.connect(
            lambda part, whole: self.outcome.set_state("clock", f"{doing}{NBSP}: {100 * part // max(whole, 1)}{NBSP}%")
        )

    def _wait(self, doing: str) -> None:
        self.notice.hide()
        self.outcome.set_state("clock", doing)
        self.outcome.show()
        for button in (self.make, self.test, self.pick):
            button.setEnabled(False)

    def _rest(self) -> None:
        self.outcome.hide()
        for button in (self.make, self.test, self.pick):
            button.setEnabled(True)
        self.show_status()

    def _refused(self, refusal: Refusal) -> None:
        self._rest()
        self.outcome.set_state("alert-circle", sentence(refusal), "alerte")
        self.outcome.show()


def _line(one: Backup) -> str:
    """« 22/11/2026 à 14 h 02, pendant le travail : 43 personnes, 1,2 Mo »."""
    day = f"{one.made_at.astimezone(PARIS):%d/%m/%Y} à {hour(one.made_at)}"
    persons = one.facts.counts.get("person", 0)
    size = f"{one.size / 1_000_000:.1f}".replace(".", ",")
    counted = f"{persons} personne{'s' if persons > 1 else ''}"
    return french_spaces(f"{day}, {REASONS.get(one.reason, one.reason)} : {counted}, {size} Mo")


def _tried(trial: Trial) -> str:
    made = trial.backup.made_at
    return french_spaces(
        f"La sauvegarde du {made.astimezone(PARIS):%d/%m/%Y} à {hour(made)} s’ouvre et se relit en entier : "
        f"{trial.persons} personne{'s' if trial.persons > 1 else ''}, {trial.lines} lignes de journal."
    )
