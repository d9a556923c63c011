"""« Où j’en suis » on the screen, turned towards the person: one subject at a time, in large plain text.

Nothing the officer wrote is there: only the person's questions and what the person typed before.
"""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.place import Place, Seat
from spip_desktop.services.evaluation_ground import STEP_DRAFTS
from spip_desktop.services.evaluation_own import SharedView
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.shared.frame import SharedFrame
from spip_desktop.ui.shared.subject import SubjectView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "person.shared"
TITLE = "Où j’en suis"
_WELCOME = (
    "{count} sujets, un par page. Vous dites où vous en êtes, avec vos mots.",
    "Il n’y a ni bonne ni mauvaise réponse. Vous pouvez passer une question, ou demander qu’on écrive pour vous.",
    "Ce que vous écrivez est gardé dans votre dossier, tel que vous le dites. Ceux qui vous suivent peuvent le lire.",
)
_THANKS = (
    "Merci. Vous pouvez revenir sur un sujet, ou rendre l’écran à la personne qui vous reçoit.",
    "Vous en parlerez ensemble. Vous pourrez changer ou compléter ce que vous avez écrit.",
)


class SharedPage(SharedFrame):
    """`place.id`: the person. The page begins by saying what it is, and ends by thanking."""

    def __init__(self, services: Services, guard: Guard) -> None:
        saving = Autosave(self._save, report=guard.report, drafts=self._drafts)
        super().__init__(services, saving, "shared", TITLE)
        self._view: SharedView | None = None
        self.subject: SubjectView | None = None

    def open(self, place: Place) -> None:
        """Begin with the person of this place; Refusal where there is nothing to ask."""
        assert place.id is not None
        current = self.services.evaluations.reading.draft_of(place.id)
        self._view = self.services.evaluations.own.share(current)
        self.officer_place = Place("person.evaluation", place.id)
        self.show_at(0)

    def seat(self, place: Place) -> Seat:
        """After the lock the officer is back on the evaluation, at the subject last shown."""
        step = self.subject.subject.step if self.subject else ""
        return Seat(Place(self.officer_place.kind, self.officer_place.id, step))

    def count(self) -> int:
        return len(self._view.fields) if self._view else 0

    def words(self, *, thanks: bool) -> tuple[str, ...]:
        return _THANKS if thanks else tuple(words.format(count=self.count()) for words in _WELCOME)

    def part(self, at: int) -> QWidget:
        assert self._view is not None
        self.subject = SubjectView(self._view.fields[at - 1], at, self.count())
        self.subject.edited.connect(self.autosave.touch)
        return self.subject

    def show_at(self, at: int) -> None:
        self.subject = None
        super().show_at(at)
        if self.subject:
            self.subject.focus_first()

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
