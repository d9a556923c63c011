"""What happens to a version once arrêtée: shared with the person, seen or sent back by the DPIP, as dated facts."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation_states import EvaluationState, EventCode
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import NBSP
from spip_desktop.services.evaluation_reading import Version
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.wiring import Services
from spip_desktop.wording.evaluation import STATES

KIND = "evaluation_fact"
_WAYS = (
    (EventCode.SHARED.value, "Partagée avec la personne"),
    (EventCode.SEEN.value, "Visée par le DPIP"),
    (EventCode.RETURNED.value, "Retournée par le DPIP"),
)


class VersionFacts(FactDesk):
    """The panel « Noter une suite »."""

    def __init__(self, services: Services, parse_date: Parse, report: Callable[[Exception], object]) -> None:
        super().__init__(services.desk, services.clock, KIND, report)
        self._services, self._parse = services, parse_date

    def may(self, version: Version) -> bool:
        """Whether this officer may add a fact to this version."""
        actor = self._services.context.actor
        open_to_facts = version.state not in (EvaluationState.DRAFT, EvaluationState.REPLACED)
        return open_to_facts and actor.may(Right.WRITE_EVALUATION)

    def ask_about(self, version: UUID) -> None:
        self.ask("course", version, self._made(version))

    def come_back_to(self, version: UUID) -> None:
        """Open again what was being filled about this version."""
        self.come_back(version, lambda _: self._made(version))

    def _made(self, version: UUID) -> FactPanel:
        actor, today = self._services.context.actor, self._services.clock.today()
        stands_in = actor.could(Right.VISA) and not actor.may(Right.VISA)
        ways = _WAYS if actor.could(Right.VISA) else _WAYS[:1]
        form = FormView(_specs(ways), parse_date=self._parse)
        form.field("happened_on").set_value(today)

        def visible(shown: FormView) -> list[str]:
            way = shown.value("way")
            hidden = set() if way == EventCode.RETURNED else {"comment"}
            if way != EventCode.SEEN or not stands_in:
                hidden.add("reason")
            return [code for code in shown.fields if code not in hidden]

        def record(shown: FormView) -> None:
            code, day, words = _read(shown, set(visible(shown)))
            self._services.evaluations.course.record(version, code, day, words)

        return FactPanel("Suite de cette version", "Noter", form, record, visible)


def told(version: Version) -> str:
    """« Arrêtée le 20/11/2026, partagée le 22/11/2026 »; a draft by the day it was started."""
    if version.state is EvaluationState.DRAFT:
        return f"Brouillon du {dates.short(version.evaluation.started_on)}"
    facts = [f"{STATES[EvaluationState(one.code)].lower()} le {dates.short(one.happened_on)}" for one in version.events]
    if version.state is EvaluationState.REPLACED:
        facts.append(STATES[EvaluationState.REPLACED].lower())
    words = ", ".join(facts)
    return words[:1].upper() + words[1:]


def remarks(version: Version) -> tuple[str, ...]:
    """« Retournée le 22/11/2026 : « Trop hâtif » », for each dated fact that says something more."""
    return tuple(
        f"{STATES[EvaluationState(one.code)]} le {dates.short(one.happened_on)}{NBSP}: «{NBSP}{one.comment}{NBSP}»"
        for one in version.events
        if one.comment.strip()
    )


def _specs(ways: tuple[tuple[str, str], ...]) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("way", "Ce qui s’est passé", FieldKind.RADIO, options=ways),
        FieldSpec("happened_on", "Le", FieldKind.DATE, width="half"),
        FieldSpec("comment", "Remarque du DPIP", FieldKind.NOTE, lines=2),
        FieldSpec("reason", "Motif, en l’absence de DPIP dans ce magasin"),
    )


def _read(form: FormView, shown: set[str]) -> tuple[EventCode, date, str]:
    """The fact as filled; Refusal `choose_one` or `required` beside what is missing."""
    if not form.value("way"):
        raise Refusal("choose_one", "way")
    day = form.value("happened_on")
    if not isinstance(day, date):
        raise Refusal("required", "happened_on")
    words = [str(form.value(code) or "") for code in ("comment", "reason") if code in shown]
    return EventCode(str(form.value("way"))), day, "".join(words)
