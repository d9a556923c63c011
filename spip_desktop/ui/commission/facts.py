"""The facts entered about a passage, a contribution, an arrival or the PEP: a few fields at the top of the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from spip_desktop.domain.arrival import Meeting
from spip_desktop.domain.board_review import FollowedDecision, Outcome
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import french_spaces
from spip_desktop.reference import load
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.wiring import Services
from spip_desktop.wording.commission import OUTCOMES

SEEN, SENT_BACK = "visa", "retour"
PAPER_SEEN, PAPER_BACK = "visa_papier", "retour_papier"
_DAY = "happened_on"
#: The profession of who types: their own name is set, to keep or to change.
_MINE = "cpip_permanence"
#: The fields that each way of an answer asks for.
_ASKED = {
    SEEN: frozenset({_DAY}),
    SENT_BACK: frozenset({"comment"}),
    PAPER_SEEN: frozenset({_DAY, "signed_by"}),
    PAPER_BACK: frozenset({_DAY, "signed_by", "comment"}),
}
_DATE = FieldSpec(_DAY, "Le", FieldKind.DATE, width="half")


@dataclass(frozen=True, slots=True)
class Ground:
    """What every panel needs."""

    services: Services
    parse_date: Parse

    def form(self, *specs: FieldSpec) -> FormView:
        """A form whose fact happened today until another day is typed."""
        form = FormView(specs, parse_date=self.parse_date)
        if _DAY in form.fields:
            form.field(_DAY).set_value(self.services.clock.today())
        return form


def decision_panel(ground: Ground, review: UUID) -> FactPanel:
    """The decision of the CPU, copied from GENESIS."""
    form = ground.form(
        FieldSpec("text", "Décision, telle que GENESIS la donne", FieldKind.NOTE, lines=3),
        FieldSpec(_DAY, "Décision du", FieldKind.DATE, width="half", help="La date de GENESIS."),
    )
    course = ground.services.commissions.course
    return _panel(
        french_spaces("Décision (source : GENESIS)"),
        "Noter la décision",
        form,
        lambda shown: course.copy_decision(review, _day(shown), _text(shown, "text")),
    )


def action_panel(ground: Ground, review: UUID) -> FactPanel:
    """Something that the CPU gave to do, with who and when."""
    form = ground.form(
        FieldSpec("label", "Action à faire"),
        FieldSpec("who", "Qui", width="half"),
        FieldSpec("due", "Pour le", FieldKind.DATE, width="half"),
    )
    course = ground.services.commissions.course
    return _panel(
        "Action décidée",
        "Noter l’action",
        form,
        lambda shown: course.add_action(review, _text(shown, "label"), _text(shown, "who"), _date(shown, "due")),
    )


def outcome_panel(ground: Ground, review: UUID, one: FollowedDecision) -> FactPanel:
    """How a decision ended."""
    outcomes = tuple((code.value, words) for code, words in OUTCOMES.items())
    form = ground.form(
        FieldSpec("outcome", "Suite", FieldKind.RADIO, options=outcomes),
        _DATE,
        FieldSpec("comment", "Remarque", help="Pour une décision abandonnée, le motif."),
    )
    course, lineage = ground.services.commissions.course, one.decision.lineage

    def record(shown: FormView) -> None:
        if not shown.value("outcome"):
            raise Refusal("choose_one", "outcome")
        outcome = Outcome(str(shown.value("outcome")))
        course.note_outcome(review, lineage, outcome, _day(shown), _text(shown, "comment"))

    return _panel(french_spaces(f"Suite : {one.decision.label}"), "Noter la suite", form, record)


def answer_panel(ground: Ground, review: UUID, *, may_answer: bool, no_dpip: bool) -> FactPanel:
    """The DPIP approves the synthesis or sends it back: here when one may, else as it came on paper.

    `no_dpip`: the store has none, and a written reason stands in.
    """
    form = ground.form(
        FieldSpec("way", "Réponse du DPIP", FieldKind.RADIO, options=_ways(may_answer, no_dpip)),
        _DATE,
        FieldSpec("signed_by", "Signé par", width="half"),
        FieldSpec("comment", "Remarque du DPIP", FieldKind.NOTE, lines=3),
        FieldSpec("reason", "Motif, en l’absence de DPIP dans ce magasin"),
    )

    def visible(shown: FormView) -> list[str]:
        asked = _ASKED.get(str(shown.value("way")), frozenset({_DAY}))
        if shown.value("way") == SEEN and not may_answer:
            asked |= {"reason"}
        return [code for code in shown.fields if code == "way" or code in asked]

    return FactPanel("Réponse du DPIP", "Noter la réponse", form, partial(_record_answer, ground, review), visible)


def _ways(may_answer: bool, no_dpip: bool) -> tuple[tuple[str, str], ...]:
    if may_answer:
        return ((SEEN, "Visée"), (SENT_BACK, "Retournée avec une remarque"))
    paper = ((PAPER_SEEN, "Visée sur le papier"), (PAPER_BACK, "Retournée sur le papier"))
    return (*paper, (SEEN, "Visée en l’absence de DPIP")) if no_dpip else paper


def _record_answer(ground: Ground, review: UUID, shown: FormView) -> None:
    course, way = ground.services.commissions.course, str(shown.value("way") or "")
    comment = _text(shown, "comment")
    if not way:
        raise Refusal("choose_one", "way")
    if way == PAPER_BACK and not comment.strip():
        raise Refusal("reason_needed", "comment")
    if way == SENT_BACK:
        course.send_back(review, comment)
    elif way == SEEN:
        course.note_visa(review, _day(shown), _text(shown, "reason"))
    else:
        said = comment if way == PAPER_BACK else ""
        course.note_paper_answer(review, _day(shown), _text(shown, "signed_by"), said)


def settle_panel(ground: Ground, contribution: UUID) -> FactPanel:
    """Who read again what the CPIP reports, and when."""
    form = ground.form(
        FieldSpec("read_by", "Relue par", width="half"),
        FieldSpec("read_on", "Le", FieldKind.DATE, width="half"),
    )
    form.field("read_on").set_value(ground.services.clock.today())
    settle = ground.services.contributions.settle
    return _panel(
        "Relecture par qui l’a dite",
        "Verser la contribution",
        form,
        lambda shown: settle(contribution, _text(shown, "read_by"), _date(shown, "read_on")),
    )


def meeting_panel(ground: Ground, person: UUID, meeting: Meeting) -> FactPanel:
    """Someone met the person; of the unité sanitaire only the day is asked."""
    entry = load("professions").get(meeting.profession)
    by = FieldSpec("by", "Par", width="half", help="Nom ou grade.")
    form = ground.form(_DATE, by)
    if meeting.profession == _MINE:
        form.field("by").set_value(ground.services.context.actor.officer.signature(ground.services.clock.today()))
    note, health = ground.services.arrivals.note_meeting, entry is not None and entry.flag("health")

    def visible(shown: FormView) -> list[str]:
        return [_DAY] if health else [_DAY, "by"]

    def record(shown: FormView) -> None:
        note(person, meeting.profession, _day(shown), "" if health else _text(shown, "by"))

    label = entry.label if entry else meeting.profession
    return FactPanel(french_spaces(f"Rencontre : {label}"), "Noter la rencontre", form, record, visible)


def pep_panel(ground: Ground, person: UUID) -> FactPanel:
    """The parcours d'exécution de peine, as GENESIS gives it."""
    form = ground.form(
        FieldSpec("text", "Parcours d’exécution de peine", FieldKind.NOTE, lines=4, help="Tel que GENESIS le donne."),
        FieldSpec(_DAY, "Décidé le", FieldKind.DATE, width="half"),
        FieldSpec("next_review", "Réexamen prévu le", FieldKind.DATE, width="half"),
    )
    copy = ground.services.pep.copy
    return _panel(
        french_spaces("Parcours d’exécution de peine (source : GENESIS)"),
        "Recopier",
        form,
        lambda shown: copy(person, _day(shown), _text(shown, "text"), _date(shown, "next_review")),
    )


def _panel(title: str, verb: str, form: FormView, record: Callable[[FormView], object]) -> FactPanel:
    return FactPanel(title, verb, form, record, _all)


def _all(form: FormView) -> Sequence[str]:
    return tuple(form.fields)


def _day(form: FormView) -> date:
    """The day of the fact; Refusal `required` when there is none or it cannot be read."""
    value = form.value(_DAY)
    if not isinstance(value, date):
        raise Refusal("required", _DAY)
    return value


def _date(form: FormView, code: str) -> date | None:
    """Another date of the panel; what cannot be read is refused, not lost."""
    if not form.field(code).parses():
        raise Refusal("date_unreadable", code, text=form.field(code).raw_text())
    value = form.value(code)
    return value if isinstance(value, date) else None


def _text(form: FormView, code: str) -> str:
    return str(form.value(code) or "")
