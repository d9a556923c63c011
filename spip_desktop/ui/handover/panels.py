"""The panels of the page: the proposal, the answer to it, the receipt, the first appointment, the withdrawal."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.handover import ANSWER, MOST_SEALED, Handover, Step
from spip_desktop.domain.text import french_spaces
from spip_desktop.reference import load
from spip_desktop.services.handover import Followed, Proposal
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.wiring import Services
from spip_desktop.wording.handover import UNSEALED

#: The names of the panels, which their drafts keep.
PROPOSE, CHANGE, RECEIVE, MEET, WITHDRAW = "propose", "change", "receive", "meet", "withdraw"
_ANSWERS = ((Step.ACCEPTED.value, "Accepté"), (Step.REFUSED.value, "Refusé"))
_WHO_SAID = french_spaces("Facultatif : par qui et comment, si l’autre service l’a dit au téléphone.")


@dataclass(frozen=True, slots=True)
class Panels:
    """Makes the panel of a name; `followed` is the open handover of the dossier, if there is one."""

    services: Services
    parse_date: Parse
    person: UUID
    followed: Followed | None

    def make(self, name: str) -> FactPanel | None:
        """None for a panel that has no place any more: the handover has moved on."""
        if name == PROPOSE:
            return None if self.followed else self.propose()
        makers = {
            CHANGE: self.change,
            ANSWER: self.answer,
            RECEIVE: self.receive,
            MEET: self.meet,
            WITHDRAW: self.withdraw,
        }
        return makers[name](self.followed) if self.followed and name in makers else None

    # -- the proposal ----------------------------------------------------------------------------------------

    def propose(self) -> FactPanel:
        propose = self.services.handovers.propose
        return FactPanel(
            "Proposer à un autre service",
            "Proposer",
            self._proposal_form(),
            lambda shown: propose(self.person, _proposal(shown)),
            _with_room,
        )

    def change(self, followed: Followed) -> FactPanel:
        form, change = self._proposal_form(), self.services.handovers.change
        form.set_values(_values(followed.handover))
        return FactPanel(
            "Modifier la proposition",
            "Garder ces modifications",
            form,
            lambda shown: change(followed.handover.id, _proposal(shown)),
            _with_room,
        )

    def _proposal_form(self) -> FormView:
        reasons = load("handover_reasons").options(self.services.clock.today())
        sealed = [
            spec
            for number in range(1, MOST_SEALED + 1)
            for spec in (
                FieldSpec(f"sealed_title_{number}", f"Sous pli fermé {number}, quoi", max_length=80, width="half"),
                FieldSpec(f"sealed_for_{number}", f"Sous pli fermé {number}, pour qui", max_length=80, width="half"),
            )
        ]
        return FormView(
            (
                FieldSpec("reason", "Motif", FieldKind.CHOICE, reasons, required=True),
                FieldSpec("to_service", "Service qui prend la suite", required=True, max_length=120, width="half"),
                FieldSpec("to_officer", "Agent ou antenne, si connu", max_length=120, width="half", discreet=True),
                FieldSpec(
                    "note", "Ce qui est urgent, ce qu’il faut savoir d’abord", FieldKind.NOTE, lines=3,
                    max_length=1_000, help="Imprimé sur la fiche de liaison. Aucune confidence.",
                ),
                FieldSpec("papers", "Papiers remis, un par ligne", FieldKind.NOTE, lines=2, help=UNSEALED),
                *sealed,
            ),
            parse_date=self.parse_date,
        )  # fmt: skip

    # -- the steps -------------------------------------------------------------------------------------------

    def answer(self, followed: Followed) -> FactPanel:
        """Ours where the dossier is proposed to us, else that of the other service, as it was told."""
        form = self._form(
            FieldSpec("step", "Réponse", FieldKind.RADIO, _ANSWERS),
            self._day("Le"),
            FieldSpec("comment", "Motif du refus", FieldKind.NOTE, lines=2, max_length=1_000),
            FieldSpec("said", "Remarque", max_length=300, help="" if followed.taking else _WHO_SAID),
        )

        def record(shown: FormView) -> None:
            if not shown.value("step"):
                raise Refusal("choose_one", "step")
            step = Step(str(shown.value("step")))
            self._note(followed, step, shown, "comment" if step is Step.REFUSED else "said")

        def visible(shown: FormView) -> tuple[str, ...]:
            step = shown.value("step")
            return ("step", "happened_on", "comment" if step == Step.REFUSED else "said") if step else ("step",)

        title = "Répondre à la proposition" if followed.taking else "Réponse du service"
        return FactPanel(title, "Noter la réponse", form, record, visible)

    def receive(self, followed: Followed) -> FactPanel:
        what = french_spaces("Facultatif : ce qui manque au dossier, aux papiers, aux plis.")
        form = self._form(self._day("Dossier reçu le"), FieldSpec("said", "Remarque", max_length=300, help=what))
        return FactPanel(
            "Dossier reçu", "Noter la réception", form, lambda shown: self._note(followed, Step.RECEIVED, shown, "said")
        )

    def meet(self, followed: Followed) -> FactPanel:
        """The day of the next appointment of the dossier is offered."""
        offered = self.services.handovers.next_appointment(self.person)
        source = french_spaces("Proposé : le prochain rendez-vous du dossier. À vérifier.") if offered else ""
        form = self._form(
            FieldSpec("appointment_on", "Premier rendez-vous le", FieldKind.DATE, width="half", help=source),
            self._day("Fixé le", width="half"),
            FieldSpec("said", "Remarque", max_length=300, help="" if followed.taking else _WHO_SAID),
        )
        form.field("appointment_on").set_value(offered)
        return FactPanel(
            "Premier rendez-vous fixé",
            "Noter le premier rendez-vous",
            form,
            lambda shown: self._note(followed, Step.MET, shown, "said"),
        )

    def withdraw(self, followed: Followed) -> FactPanel:
        form = self._form(self._day("Le"), FieldSpec("comment", "Motif", FieldKind.NOTE, lines=2, max_length=1_000))
        return FactPanel(
            "Retirer la proposition",
            "Retirer la proposition",
            form,
            lambda shown: self._note(followed, Step.WITHDRAWN, shown, "comment"),
        )

    # -- inside ----------------------------------------------------------------------------------------------

    def _note(self, followed: Followed, step: Step, shown: FormView, comment: str) -> None:
        appointment_on = _date(shown, "appointment_on") if step is Step.MET else None
        day = _date(shown, "happened_on")
        if day is None:
            raise Refusal("required", "happened_on")
        said = str(shown.value(comment) or "")
        self.services.handovers.note_step(followed.handover.id, step, day, said, appointment_on)

    def _form(self, *specs: FieldSpec) -> FormView:
        form = FormView(specs, parse_date=self.parse_date)
        form.field("happened_on").set_value(self.services.clock.today())
        return form

    @staticmethod
    def _day(label: str, width: str = "half") -> FieldSpec:
        return FieldSpec("happened_on", label, FieldKind.DATE, width=width)


def _proposal(shown: FormView) -> Proposal:
    def text(code: str) -> str:
        return str(shown.value(code) or "")

    return Proposal(
        reason=text("reason"),
        to_service=text("to_service"),
        to_officer=text("to_officer"),
        note=text("note"),
        papers=tuple(text("papers").splitlines()),
        sealed=tuple(
            (text(f"sealed_title_{number}"), text(f"sealed_for_{number}")) for number in range(1, MOST_SEALED + 1)
        ),
    )


def _values(handover: Handover) -> dict[str, object]:
    plain = {name: getattr(handover, name) for name in ("reason", "to_service", "to_officer", "note")}
    sealed = {
        f"sealed_{what}_{number}": text
        for number, paper in enumerate(handover.sealed, 1)
        for what, text in (("title", paper.title), ("for", paper.addressee))
    }
    return plain | {"papers": "\n".join(handover.papers)} | sealed


def _with_room(shown: FormView) -> tuple[str, ...]:
    """The sealed papers that are named, and one line more to name another."""
    pairs = [(f"sealed_title_{number}", f"sealed_for_{number}") for number in range(1, MOST_SEALED + 1)]
    used = max((number for number, pair in enumerate(pairs, 1) if any(shown.value(code) for code in pair)), default=0)
    rest = tuple(code for pair in pairs[: used + 1] for code in pair)
    return ("reason", "to_service", "to_officer", "note", "papers", *rest)


def _date(shown: FormView, code: str) -> date | None:
    """The day typed; Refusal where what is typed is no day."""
    field = shown.field(code)
    if not field.parses():
        raise Refusal("date_unreadable", code, text=field.raw_text())
    value = field.value()
    return value if isinstance(value, date) else None
