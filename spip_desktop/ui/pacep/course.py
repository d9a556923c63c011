"""The facts entered after the draft: the person's answer, the visa, the day it holds, the progress of a line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.pacep import Action, Objective, ObjectiveState, Pacep
from spip_desktop.domain.pacep_follow import words_of
from spip_desktop.domain.pacep_review import ENTERED, ReviewCause
from spip_desktop.domain.pacep_states import Agreement, VisaWay
from spip_desktop.domain.plan_content import CopyKept
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.pacep import Answer, PacepService, Visa
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.wording.pacep import ACTION_STATES, AGREEMENTS, OBJECTIVE_STATES, REVIEW_CAUSES

#: The DPIP's third answer, beside the two ways of a visa.
SEND_BACK = "retour"
_DAY = "happened_on"


@dataclass(frozen=True, slots=True)
class Ground:
    """What every panel needs: the services of the plan, the version, how a date is read, the day."""

    service: PacepService
    plan: Pacep
    parse_date: Parse
    today: date

    def form(self, specs: Sequence[FieldSpec]) -> FormView:
        """A form whose fact happened today until another day is typed."""
        form = FormView(specs, parse_date=self.parse_date)
        form.field(_DAY).set_value(self.today)
        return form


def _day(form: FormView) -> date:
    """The day of the fact; Refusal `required` when there is none or it cannot be read."""
    value = form.value(_DAY)
    if not isinstance(value, date):
        raise Refusal("required", _DAY)
    return value


def _correction(correcting: bool) -> tuple[FieldSpec, ...]:
    if not correcting:
        return ()
    return (
        FieldSpec("correction", "Motif de la correction", help="La ligne déjà saisie reste ; celle-ci la corrige."),
    )


def agreement_panel(ground: Ground, *, correcting: bool) -> FactPanel:
    """What the person answered, in their words."""
    plan = ground.plan
    objectives = tuple(
        (str(objective.lineage), f"Objectif {number}.{place}")
        for number, axis in enumerate(plan.live_axes(), 1)
        for place, objective in enumerate(axis.objectives, 1)
    )
    answers = tuple((answer.value, words.capitalize()) for answer, words in AGREEMENTS.items())
    specs = (
        FieldSpec("answer", "Réponse de la personne", FieldKind.RADIO, options=answers),
        FieldSpec("objectives", "Objectifs acceptés", FieldKind.TICKS, options=objectives),
        FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
        FieldSpec("comment", "Ses mots", FieldKind.NOTE, lines=2, help="Tels que la personne les a dits."),
        *_correction(correcting),
    )

    def visible(form: FormView) -> list[str]:
        partial = form.value("answer") == Agreement.PARTIAL
        return [code for code in form.fields if code != "objectives" or partial]

    def record(form: FormView) -> None:
        if not form.value("answer"):
            raise Refusal("choose_one", "answer")
        ticked = form.value("objectives")
        answer = Answer(
            agreement=Agreement(str(form.value("answer"))),
            happened_on=_day(form),
            objectives=tuple(UUID(one) for one in ticked) if isinstance(ticked, tuple) else (),
            comment=str(form.value("comment")),
            correction=_text(form, "correction"),
        )
        ground.service.course.note_agreement(plan.id, answer)

    return FactPanel("Accord de la personne", "Noter la réponse", ground.form(specs), record, visible)


def visa_panel(ground: Ground, *, may_stamp: bool, no_dpip: bool, correcting: bool) -> FactPanel:
    """The DPIP's visa: here when one may give it, or as received on paper."""
    ways = [(VisaWay.PAPER.value, "Reçu sur papier")]
    if may_stamp or no_dpip:
        ways.insert(0, (VisaWay.SCREEN.value, "Donné ici"))
    if may_stamp:
        ways.append((SEND_BACK, "Retourné avec une remarque"))
    specs = (
        FieldSpec("way", "Visa du DPIP", FieldKind.RADIO, options=tuple(ways)),
        FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
        FieldSpec("signed_by", "Signé par", width="half"),
        FieldSpec("reason", "Motif, en l’absence de DPIP dans ce magasin"),
        FieldSpec("remark", "Remarque", FieldKind.NOTE, lines=2),
        *_correction(correcting),
    )

    def visible(form: FormView) -> list[str]:
        way = form.value("way")
        hidden = {_DAY if way == SEND_BACK else "remark"}
        if way != VisaWay.PAPER:
            hidden.add("signed_by")
        if way != VisaWay.SCREEN or may_stamp:
            hidden.add("reason")
        return [code for code in form.fields if code not in hidden]

    return FactPanel("Visa du DPIP", "Noter le visa", ground.form(specs), partial(_record_visa, ground), visible)


def _record_visa(ground: Ground, form: FormView) -> None:
    way, course = str(form.value("way")), ground.service.course
    if not way:
        raise Refusal("choose_one", "way")
    if way == SEND_BACK:
        course.send_back(ground.plan.id, _text(form, "remark"))
        return
    visa = Visa(
        way=VisaWay(way),
        happened_on=_day(form),
        signed_by=_text(form, "signed_by") if way == VisaWay.PAPER else "",
        reason=_text(form, "reason") if way == VisaWay.SCREEN else "",
        correction=_text(form, "correction"),
    )
    course.note_visa(ground.plan.id, visa)


def force_panel(ground: Ground) -> FactPanel:
    """The day from which the plan holds."""
    words = "La version précédente est remplacée."
    form = ground.form((FieldSpec(_DAY, "En vigueur le", FieldKind.DATE, width="half", help=words),))
    return FactPanel(
        "Mise en vigueur",
        "Mettre en vigueur",
        form,
        lambda shown: ground.service.course.put_in_force(ground.plan.id, _day(shown)),
        lambda shown: tuple(shown.fields),
    )


def progress_panel(ground: Ground, part: Objective | Action) -> FactPanel:
    """How far an objective or an action is."""
    table = ACTION_STATES if isinstance(part, Action) else OBJECTIVE_STATES
    states = tuple((str(code), words) for code, words in table.items())
    specs = (
        FieldSpec("state", "État", FieldKind.RADIO, options=states),
        FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
        FieldSpec("result", "Ce qui en est venu"),
    )
    form = ground.form(specs)
    form.field("state").set_value(part.state.value)
    return FactPanel(
        french_spaces(f"Avancement : {words_of(part)}"),
        "Noter l’avancement",
        form,
        partial(_record_progress, ground, part),
        lambda shown: tuple(shown.fields),
    )


def reached_panel(ground: Ground, objective: Objective) -> FactPanel:
    """The last action of an objective is done: reached, or not? « Non » is an answer, noted with its day."""
    answers = ((ObjectiveState.REACHED.value, "Oui"), (ObjectiveState.RUNNING.value, "Non, pas encore"))
    specs = (
        FieldSpec("state", "L’objectif est-il atteint ?", FieldKind.RADIO, options=answers),
        FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
        FieldSpec("result", "Ce qui a aidé, ou ce qui reste à faire"),
    )
    return FactPanel(
        french_spaces(f"Toutes les actions sont faites : {objective.wording}"),
        "Noter la réponse",
        ground.form(specs),
        partial(_record_progress, ground, objective),
        lambda shown: tuple(shown.fields),
    )


def leaving_panel(ground: Ground, part: Objective | Action, *, back: bool) -> FactPanel:
    """A line leaves a plan put to the person, or is in it again; why is written both ways."""
    course, words = ground.service.course, words_of(part)
    help_ = "" if back else "Ce qui a été noté reste lisible, et la ligne peut être remise dans le plan."
    specs = (
        FieldSpec("reason", "Motif", FieldKind.NOTE, lines=2, help=help_),
        FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
    )
    act = course.take_part_back if back else course.remove_part
    return FactPanel(
        french_spaces(f"{'Remettre dans le plan' if back else 'Retirer du plan'} : {words}"),
        "Remettre dans le plan" if back else "Retirer du plan",
        ground.form(specs),
        lambda shown: act(ground.plan.id, part.lineage, _day(shown), _text(shown, "reason")),
        lambda shown: tuple(shown.fields),
    )


def _record_progress(ground: Ground, part: Objective | Action, form: FormView) -> None:
    if not form.value("state"):
        raise Refusal("choose_one", "state")
    state, words = str(form.value("state")), _text(form, "result")
    ground.service.course.note_progress(ground.plan.id, part.lineage, state, _day(form), words)


def sent_panel(ground: Ground) -> FactPanel:
    """The plan went to the magistrate: to whom, and when."""
    specs = (
        FieldSpec("to", "Magistrat ou juridiction", help="Juge de l’application des peines, juge d’instruction…"),
        FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
    )
    return FactPanel(
        "Transmission au magistrat",
        "Noter la transmission",
        ground.form(specs),
        lambda shown: ground.service.course.note_sent(ground.plan.id, _text(shown, "to"), _day(shown)),
        lambda shown: tuple(shown.fields),
    )


def put_off_panel(ground: Ground) -> FactPanel:
    """The review of the plan waits, with why and until when."""
    specs = (
        FieldSpec("reason", "Motif", FieldKind.NOTE, lines=2),
        FieldSpec("until", "Revue au plus tard le", FieldKind.DATE, width="half"),
    )

    def record(shown: FormView) -> None:
        until = shown.value("until")
        if not isinstance(until, date):
            raise Refusal("required", "until")
        ground.service.review.put_off(ground.plan.id, until, _text(shown, "reason"))

    form = FormView(specs, parse_date=ground.parse_date)
    return FactPanel("Reporter la revue", "Reporter la revue", form, record, lambda shown: tuple(shown.fields))


def advance_panel(ground: Ground) -> FactPanel:
    """Something happened: the plan is looked at again within a month."""
    causes = tuple((cause.value, REVIEW_CAUSES[cause].removeprefix("avancée : ").capitalize()) for cause in ENTERED)
    specs = (
        FieldSpec("cause", "Ce qui est arrivé", FieldKind.RADIO, options=causes),
        FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
        FieldSpec("comment", "Précision"),
    )

    def record(shown: FormView) -> None:
        if not shown.value("cause"):
            raise Refusal("choose_one", "cause")
        cause = ReviewCause(str(shown.value("cause")))
        ground.service.review.advance(ground.plan.id, cause, _day(shown), _text(shown, "comment"))

    title = "Évènement qui avance la revue"
    return FactPanel(title, "Noter l’évènement", ground.form(specs), record, lambda shown: tuple(shown.fields))


_COPIES = {
    CopyKept.CELL: "À garder en cellule",
    CopyKept.REGISTRY: "À consulter au greffe",
    CopyKept.HOME: "À garder chez soi",
}


def copy_panel(words: Mapping[CopyKept, Sequence[str]], make: Callable[[CopyKept, bool], object]) -> FactPanel:
    """Which copy, and the words to read again before that one is handed over."""
    kinds = tuple((kept.value, _COPIES[kept]) for kept in words)
    specs = (
        FieldSpec("kept", "Copie", FieldKind.RADIO, options=kinds),
        FieldSpec("read", "Mots à relire", FieldKind.TICKS, options=(("read", "Relus"),)),
    )
    form = FormView(specs)
    if len(kinds) == 1:
        form.field("kept").set_value(kinds[0][0])

    def record(shown: FormView) -> None:
        if not shown.value("kept"):
            raise Refusal("choose_one", "kept")
        make(CopyKept(str(shown.value("kept"))), bool(shown.value("read")))

    def visible(shown: FormView) -> list[str]:
        kept = str(shown.value("kept") or "")
        told = ", ".join(dict.fromkeys(words[CopyKept(kept)])) if kept else ""
        shown.field("read").set_label(french_spaces(f"Mots à relire : {told}"))
        return ["kept", "read"] if told else ["kept"]

    return FactPanel("Copie pour la personne", "Préparer la copie", form, record, visible)


def _text(form: FormView, code: str) -> str:
    """What a field of the form holds; nothing when the form has no such field."""
    return str(form.value(code) or "") if code in form.fields else ""
