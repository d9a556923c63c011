"""What the partner answered: a call in a few keys, or the whole bilan in the order of its paper."""

from collections.abc import Collection, Mapping
from datetime import date

from spip_desktop.domain import dates
from spip_desktop.domain.prescription_states import SheetState
from spip_desktop.domain.sheet_answer import AnswerField, AnswerFieldKind, signer_code
from spip_desktop.services.prescription import PrescriptionService, PrescriptionView, ReadForm, Told
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.prescription.fact_fields import (
    DAY,
    chosen_in,
    contact_name,
    day_of,
    fact_form,
    options,
    tells_spec,
    text_in,
)
from spip_desktop.ui.readers import hour_reader, show_hour
from spip_desktop.wording import sentence
from spip_desktop.wording.prescription import STATES

#: What the panel notes: all that may follow, but what has its own.
_ELSEWHERE = (SheetState.HANDED_OVER, SheetState.CANCELLED, SheetState.DRAFT, SheetState.WITHDRAWN)
FOLLOWING = tuple(one for one in SheetState if one not in _ELSEWHERE)
#: What each of them asks besides its day and who told it.
_ASKED: Mapping[str, frozenset[str]] = {
    SheetState.REFUSED: frozenset({"reason", "tells"}),
    SheetState.MEETING_FIXED: frozenset({"meeting", "hour"}),
    SheetState.PARTNER_TOLD: frozenset({"told_by", "recipient"}),
}
_SAID = ("known_by", "said_by")
#: Nobody tells these: the officer notes them.
_OURS = frozenset({SheetState.PARTNER_TOLD, SheetState.CLOSED, SheetState.NO_ANSWER, ""})
_CALL = "telephone"
_KINDS = {
    AnswerFieldKind.TEXT: FieldKind.LINE,
    AnswerFieldKind.NUMBER: FieldKind.LINE,
    AnswerFieldKind.DATE: FieldKind.DATE,
    AnswerFieldKind.NOTE: FieldKind.NOTE,
    AnswerFieldKind.TICKS: FieldKind.TICKS,
}


def return_panel(service: PrescriptionService, view: PrescriptionView, parse: Parse, today: date) -> FactPanel:
    """The panel with the day, the call and the contact already there: what happened is all that is left to say."""
    states = _states(view)
    form = fact_form(
        (
            FieldSpec("state", "Ce qui est arrivé", FieldKind.RADIO, states),
            FieldSpec(DAY, "Le", FieldKind.DATE, width="half"),
            *_about(today),
            *_bilan(view, today),
            FieldSpec("comment", "Précision", FieldKind.NOTE, lines=2),
        ),
        parse,
        today,
    )
    if len(states) == 1:
        form.set_values({"state": states[0][0]})
    name = contact_name(view)
    form.set_values({"recipient": name, "known_by": _CALL, "said_by": name})
    answers = frozenset(one.code for one in view.answer_fields) | {"result"}

    def visible(shown: FormView) -> list[str]:
        return _visible(shown, answers)

    def record(shown: FormView) -> None:
        state = SheetState(chosen_in(shown, "state"))
        service.returns.note(view.prescription.id, state, day_of(shown), _told(shown, view, state))

    return FactPanel("La suite", "Noter", form, record, visible)


def read_panel(
    service: PrescriptionService, view: PrescriptionView, parse: Parse, today: date, read: ReadForm
) -> FactPanel:
    """The same panel with the bilan as the partner typed it in the PDF."""
    panel = return_panel(service, view, parse, today)
    states = [code for code, _ in _states(view)]
    if SheetState.REPORTED in states:
        signed = read.typed.get(signer_code(1), "") or text_in(panel.form, "said_by")
        panel.form.set_values({"state": SheetState.REPORTED.value, "known_by": "pdf", "said_by": signed})
    for code, typed in read.typed.items():
        panel.form.field(code).set_raw_text(typed)
    panel.show_needed()
    return panel


def _states(view: PrescriptionView) -> tuple[tuple[str, str], ...]:
    return tuple((one.value, STATES[one]) for one in view.next_states if one in FOLLOWING)


def _about(today: date) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("known_by", "Connu", FieldKind.CHOICE, options("known_by", today), width="half"),
        FieldSpec("said_by", "Par qui", width="half"),
        FieldSpec("reason", "Motif du partenaire", FieldKind.CHOICE, options("refusal_reasons", today), width="half"),
        tells_spec(today),
        FieldSpec("told_by", "Voie", FieldKind.CHOICE, options("notice_channels", today), width="half"),
        FieldSpec("recipient", "Personne prévenue", width="half"),
        FieldSpec("meeting", "Rendez-vous le", FieldKind.DATE, width="half"),
        FieldSpec("hour", "À", FieldKind.PARSED, parse=hour_reader(sentence), show=show_hour, width="half"),
    )


def _bilan(view: PrescriptionView, today: date) -> tuple[FieldSpec, ...]:
    """The result for the objective where the sheet serves one, then what its paper asks."""
    told = (
        f"Objectif {view.objective_number} du PACEP. Le plan lui-même ne change pas." if view.objective_number else ""
    )
    result = FieldSpec("result", "Résultat pour l’objectif", FieldKind.RADIO, options("objective_results", today), told)
    asked = tuple(_spec(one) for one in view.answer_fields)
    return (result, *asked) if view.objective_label else asked


def _spec(field: AnswerField) -> FieldSpec:
    kind = _KINDS[field.kind]
    if kind is FieldKind.TICKS:
        return FieldSpec(field.code, field.label, kind, field.options)
    if kind is FieldKind.NOTE:
        return FieldSpec(field.code, field.label, kind, max_length=field.limit, lines=2)
    return FieldSpec(field.code, field.title, kind, width="half")


def _visible(form: FormView, answers: Collection[str]) -> list[str]:
    state = str(form.value("state") or "")
    hidden = set().union(*_ASKED.values()) - _ASKED.get(state, frozenset())
    if state in _OURS:
        hidden |= set(_SAID)
    if state != SheetState.REPORTED:
        hidden |= set(answers)
    return [code for code in form.fields if code not in hidden]


def _told(form: FormView, view: PrescriptionView, state: SheetState) -> Told:
    known_by, said_by = ("", "") if state in _OURS else (text_in(form, one) for one in _SAID)
    bilan = state is SheetState.REPORTED
    return Told(
        known_by=known_by,
        said_by=said_by,
        detail=_detail(form, state),
        result=text_in(form, "result") if bilan and "result" in form.fields else "",
        answers={one.code: _raw(form, one) for one in view.answer_fields} if bilan else {},
        comment=text_in(form, "comment"),
    )


def _raw(form: FormView, field: AnswerField) -> str:
    """The answer as the partner would have written it; the service checks it by its own rule."""
    return form.field(field.code).raw_text()


def _detail(form: FormView, state: SheetState) -> dict[str, str]:
    if state is SheetState.PARTNER_TOLD:
        return {"told_by": text_in(form, "told_by"), "recipient": text_in(form, "recipient")}
    if state is SheetState.REFUSED:
        return {"reason": text_in(form, "reason"), "tells": text_in(form, "tells")}
    if state is SheetState.MEETING_FIXED:
        meeting, hour = form.value("meeting"), form.value("hour")
        found = {"meeting": dates.short(meeting)} if isinstance(meeting, date) else {}
        return found | ({"hour": show_hour(hour)} if hour else {})
    return {}


__all__ = ["FOLLOWING", "read_panel", "return_panel"]
