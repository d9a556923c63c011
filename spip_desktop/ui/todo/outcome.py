"""« Noter la suite » of a line: done, put off with a reason, or the written decision not to act."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.todo import Answer, Done, TodoLine
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.sending import CODES, sending, sending_specs
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.todo import ANSWERS, SENT

KIND = "todo"
#: The fields that each answer calls for.
_FIELDS = {
    Answer.DONE: ("answer", "done_on", "reason"),
    Answer.PUT_OFF: ("answer", "until", "reason"),
    Answer.NOT_ACTING: ("answer", "until", "reason"),
}


class OutcomeDesk(FactDesk):
    """The panel above the list; what is typed in it comes back after a lock."""

    def __init__(self, services: Services, parse_date: Parse, report: Callable[[Exception], object]) -> None:
        super().__init__(services.desk, services.clock, KIND, report)
        self._services, self._parse = services, parse_date
        #: The outcome just written, for « Annuler ».
        self.last: UUID | None = None

    def ask_about(self, line: TodoLine, name: str) -> None:
        """Open the panel about a line of this person."""
        self.ask(line.key, line.person_id, self._made(line, name))

    def come_back_to(self, person_id: UUID, find: Callable[[str], TodoLine | None]) -> bool:
        """Open again what was being written of a line of this person; False when there is none."""

        def make(key: str) -> FactPanel:
            line = find(key)
            return self._made(line, "") if line else _gone()

        self.come_back(person_id, make)
        return self.panel is not None

    def tell(self, refusal: Refusal) -> None:
        """Say a refusal in the panel, where there is one."""
        if self.panel:
            first = next(iter(self.panel.form.fields.values()))
            first.set_problem(sentence(refusal))

    def _made(self, line: TodoLine, name: str) -> FactPanel:
        form = FormView(_specs(line, self._services.clock.today()), parse_date=self._parse)
        form.field("done_on").set_value(self._services.clock.today())

        def visible(shown: FormView) -> tuple[str, ...]:
            answer = str(shown.value("answer") or "")
            if answer == Answer.DONE and line.report:
                return ("answer", *CODES)
            return _FIELDS[Answer(answer)] if answer else ("answer",)

        def record(shown: FormView) -> None:
            if not shown.value("answer"):
                raise Refusal("choose_one", "answer")
            answer, until = Answer(str(shown.value("answer"))), shown.value("until")
            done = sending(shown) if answer is Answer.DONE else Done(on=None)
            self.last = self._services.todo.answer(
                line.person_id,
                line.key,
                answer,
                done_on=done.on,
                until=until,  # type: ignore[arg-type]
                reason=str(shown.value("reason")),
                recipient=done.recipient,
                reference=done.reference,
            )

        title = f"{name}{NBSP}: {line.what}" if name else line.what
        return FactPanel(title, "Noter la suite", form, record, visible)


def _gone() -> FactPanel:
    """The line left meanwhile: what was typed is shown once more, and cannot be written."""
    form = FormView((FieldSpec("reason", "Ce que vous aviez écrit", FieldKind.NOTE, lines=2),))

    def record(shown: FormView) -> None:
        raise Refusal("todo_gone", "reason")

    return FactPanel("Cette ligne n’attend plus", "Noter la suite", form, record, lambda _: ("reason",))


def _specs(line: TodoLine, today: date) -> tuple[FieldSpec, ...]:
    """Only what may be answered: « Reporter » leaves once the day that a text fixes is there."""
    may = {Answer.DONE: line.may_be_done, Answer.PUT_OFF: line.may_be_put_off(today), Answer.NOT_ACTING: True}
    named = ANSWERS | ({Answer.DONE: SENT} if line.report else {})
    offered = tuple((one.value, named[one]) for one in Answer if may[one])
    done = sending_specs(today) if line.report else (FieldSpec("done_on", "Fait le", FieldKind.DATE, width="half"),)
    limit = (
        f"Pour reporter, au plus tard le {dates.short(line.due)}{NBSP}: un texte fixe ce délai." if line.legal else ""
    )
    past = "" if may[Answer.PUT_OFF] else f"Un texte fixe ce délai au {dates.short(line.due)}, il ne se reporte pas."
    return (
        FieldSpec("answer", "Suite", FieldKind.RADIO, offered, help=past),
        *done,
        FieldSpec("until", "Revoir le", FieldKind.DATE, width="half", help=limit if may[Answer.PUT_OFF] else ""),
        FieldSpec("reason", "Motif", FieldKind.NOTE, lines=2, help="Quelques mots, pour qui lira le dossier."),
    )
