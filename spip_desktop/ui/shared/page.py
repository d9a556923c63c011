"""« Où j’en suis » on the screen, turned towards the person: one subject at a time, in large plain text.

Nothing else of the program is in the window, and nothing the officer wrote: only the person's questions and what the
person typed before. The officer takes the screen back by locking (docs/decisions/0027).
"""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.place import Place, Seat
from spip_desktop.services.evaluation_ground import STEP_DRAFTS
from spip_desktop.services.evaluation_own import SharedView
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.buttons import Button, PrimaryButton, QuietButton
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Rule, SmallText, StateLabel
from spip_desktop.ui.layout import clear, column, paint_ground, row, set_size
from spip_desktop.ui.page import Page
from spip_desktop.ui.shared.subject import SubjectView
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "person.shared"
TITLE = "Où j’en suis"
_WIDTH = 696  # px at 100 %: lines of 70 characters
_WELCOME = (
    "{count} sujets, un par page. Vous dites où vous en êtes, avec vos mots.",
    "Il n’y a ni bonne ni mauvaise réponse. Vous pouvez passer une question, ou demander qu’on écrive pour vous.",
    "Ce que vous écrivez est gardé dans votre dossier, tel que vous le dites. Ceux qui vous suivent peuvent le lire.",
)
_THANKS = (
    "Merci. Vous pouvez revenir sur un sujet, ou rendre l’écran à la personne qui vous reçoit.",
    "Vous en parlerez ensemble. Vous pourrez changer ou compléter ce que vous avez écrit.",
)
_KEPT = "C’est noté."
_NOT_KEPT = "Ce n’est pas encore noté. Laissez la page ouverte et dites-le à la personne qui vous reçoit."


class SharedPage(Page):
    """`place.id`: the person. The page begins by saying what it is, and ends by thanking."""

    takes_whole_window = True

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(name="shared")
        self.setWindowTitle(TITLE)
        self.services = services
        self.head.hide()
        self._view: SharedView | None = None
        self._person = Place("")
        self._at = 0  # 0: the welcome; 1 to the number of subjects; one more: the end
        self.subject: SubjectView | None = None
        self.autosave = Autosave(self._save, self, report=guard.report, drafts=self._drafts)
        self.autosave.saved.connect(self._on_saved)
        self.autosave.failed.connect(self._on_failed)
        self.autosave.refused.connect(lambda refusal: self._on_failed(sentence(refusal)))
        self._content = column(gap=16)
        holder = set_size(QWidget(), max_width=_WIDTH)
        holder.setLayout(self._content)
        line = row(gap=0)
        line.addStretch(1)
        line.addWidget(holder, 6)
        line.addStretch(1)
        self.add(line)
        outer = self.layout()
        assert outer is not None
        outer.addWidget(Rule())
        outer.addWidget(self._bar())

    def _bar(self) -> QWidget:
        bar = paint_ground(QWidget(), "surface")
        self.leave_button = QuietButton("Rendre l’écran", "lock", name="shared.leave")
        self.leave_button.clicked.connect(self.gave_back)
        self.kept = SmallText("", wrap=False)
        self.lost = StateLabel("alert-circle", _NOT_KEPT, "alerte", wrap=True)
        self.lost.hide()
        demonstration = Text("DÉMONSTRATION", "small_bold", colour="texte_2")
        demonstration.setVisible(self.services.context.demonstration)
        self.previous = Button("Précédent", "chevron-left", name="shared.previous")
        self.previous.clicked.connect(lambda: self._go_to(self._at - 1))
        self.next = PrimaryButton("Commencer", trailing="chevron-right", name="shared.next")
        self.next.clicked.connect(self._go_on)
        line = row(bar, gap=16, margins=(24, 12, 24, 12))
        for part in (self.leave_button, self.kept, self.lost):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        for button in (demonstration, self.previous, self.next):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return bar

    # -- where one is ------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """Begin with the person of this place; Refusal where there is nothing to ask."""
        assert place.id is not None
        current = self.services.evaluations.reading.draft_of(place.id)
        self._view = self.services.evaluations.own.share(current)
        self._person = Place("person.evaluation", place.id)
        self._show(0)

    def seat(self, place: Place) -> Seat:
        """After the lock the officer is back on the evaluation, at the subject last shown."""
        step = self.subject.subject.step if self.subject else ""
        return Seat(Place(self._person.kind, self._person.id, step))

    def flush(self) -> bool:
        return self.autosave.flush()

    def _go_to(self, at: int) -> None:
        if self.flush():
            self._show(at)

    def _go_on(self) -> None:
        assert self._view is not None
        if self._at > len(self._view.fields):
            self.gave_back.emit()
            return
        self._go_to(self._at + 1)

    def _show(self, at: int) -> None:
        assert self._view is not None
        subjects = self._view.fields
        self._at, self.subject = at, None
        self.kept.setText("")
        clear(self._content)
        if 1 <= at <= len(subjects):
            self.subject = SubjectView(subjects[at - 1], at, len(subjects))
            self.subject.edited.connect(self.autosave.touch)
            self._content.addWidget(self.subject)
        else:
            self._content.addWidget(Text(TITLE, "page", wrap=True))
            for words in _WELCOME if at == 0 else _THANKS:
                self._content.addWidget(Text(words.format(count=len(subjects)), "question", wrap=True))
        self._content.addStretch(1)
        self.previous.setVisible(at > 0)
        self.next.trailing_name = "chevron-right" if at <= len(subjects) else ""
        self.next.setText("Commencer" if at == 0 else "Suivant" if at <= len(subjects) else "Rendre l’écran")
        self.leave_button.setVisible(at <= len(subjects))
        self.body.verticalScrollBar().setValue(0)
        if self.subject:
            self.subject.focus_first()
        else:
            self.next.setFocus()

    # -- saving --------------------------------------------------------------------------------------------------

    def _save(self, codes: frozenset[str]) -> datetime | None:
        if self.subject is None or self._view is None:
            return None
        answers = {code: self.subject.answer(code) for code in codes}
        field = self.subject.subject
        said = self.services.evaluations.own.say(field.id, answers)
        refused = {one.field: sentence(one) for one in said.refused}
        for code in codes:
            self.subject.set_problem(code, refused.get(code))
        if refused:
            self.services.desk.keep(self._drafts(frozenset(refused)))
        self._view = self._view.answered(field.id, {code: one for code, one in answers.items() if code not in refused})
        return None if refused else said.at

    def _drafts(self, codes: frozenset[str]) -> list[Draft]:
        if self.subject is None:
            return []
        field = self.subject.subject.id
        return [Draft(STEP_DRAFTS, field, code, str(self.subject.answer(code) or "")) for code in codes]

    def _on_saved(self, at: datetime) -> None:
        self.lost.hide()
        self.kept.setText(_KEPT)
        self.saved.emit(at)

    def _on_failed(self, told: str) -> None:
        self.kept.setText("")
        self.lost.show()
        self.save_failed.emit(told)
