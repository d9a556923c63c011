"""« Orthographe »: whether notes are underlined on this workstation, and the words that the officer taught."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.spelling import KnownWord
from spip_desktop.domain.text import NBSP
from spip_desktop.services.spelling import SpellingService
from spip_desktop.ui import spelling
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import clear, column, row
from spip_desktop.ui.settings.workstation import Read, WorkstationSection
from spip_desktop.ui.text import Text

_CHOICES = (("oui", "Souligner les mots à revoir dans les notes"), ("non", "Ne rien souligner"))
_NONE = f"Aucun mot appris. Sur un mot souligné, le menu propose «{NBSP}Apprendre{NBSP}»."
_SOME = "Mots appris : ils ne sont écrits que dans ce magasin chiffré, et ceux d’un dossier s’effacent avec lui."


class SpellingSection(WorkstationSection):
    """The choice is the workstation's; the words are the officer's, in the store."""

    def __init__(self, settings: Read, words: SpellingService, guard: Guard) -> None:
        form = FormView((FieldSpec("spelling", "Orthographe des notes", FieldKind.RADIO, _CHOICES),))
        super().__init__("Orthographe", form, settings, name="settings.spelling")
        self._words, self._guard = words, guard
        self._said = SmallText("")
        self._rows = QWidget()
        self._lines = column(self._rows, gap=4)
        self.add(self._said, self._rows)
        form.edited.connect(lambda _: self.take())

    def show_settings(self) -> None:
        self.form.set_values({"spelling": "oui" if self._settings().spelling else "non"})
        self._show_words()

    def take(self) -> None:
        wanted = replace(self._settings(), spelling=self.form.value("spelling") != "non")
        if wanted != self._settings():
            self.chosen.emit(wanted)
        self.show_settings()

    def _show_words(self) -> None:
        mine = self._words.mine()
        self._said.setText(_SOME.replace(" :", f"{NBSP}:") if mine else _NONE)
        clear(self._lines)
        for number, one in enumerate(mine, 1):
            self._lines.addWidget(self._row(one, number))

    def _row(self, one: KnownWord, number: int) -> QWidget:
        made = QWidget()
        line = row(made, gap=16)
        drop = LinkButton("Retirer", name=f"spelling.drop.{number}", small=True)
        drop.setAccessibleName(f"Retirer{NBSP}: {one.word}")
        drop.clicked.connect(lambda: self._drop(one.id, one.word))
        line.addWidget(Text(one.word, "body", discreet=True))
        line.addWidget(drop)
        line.addStretch(1)
        return made

    def _drop(self, word_id: UUID, word: str) -> None:
        self._guard.run(self._words.forget, word_id)
        if speller := spelling.current():
            speller.forget_answers(dropped=word)
        self._show_words()
