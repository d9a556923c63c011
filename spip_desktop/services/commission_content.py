"""A passage turned into what its paper says. Values to values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.board_paper import CpiSynthesis, CpuAdvice, Lines
from spip_desktop.domain.board_review import BoardReview
from spip_desktop.domain.contribution import Contribution
from spip_desktop.domain.evaluation import ABOUT_THE_FACTS, Evaluation, Evolution, Finding, FindingKind
from spip_desktop.domain.evaluation_rules import needs_in_order
from spip_desktop.domain.measure import Custody
from spip_desktop.domain.officer import Service
from spip_desktop.domain.pacep_states import PlanState
from spip_desktop.domain.person import Person, born
from spip_desktop.domain.text import NBSP, capital, french_spaces
from spip_desktop.services import commission_labels as labels
from spip_desktop.services.pacep import Version
from spip_desktop.wording import commission as words
from spip_desktop.wording.evaluation import KINDS
from spip_desktop.wording.pacep import STATES as PLAN_STATES

_LISTS = (
    (FindingKind.STATIC_RISK, "Facteurs de risque statiques"),
    (FindingKind.DYNAMIC_RISK, "Facteurs de risque dynamiques"),
    (FindingKind.PROTECTION, "Facteurs de protection"),
    (FindingKind.RESPONSIVITY, "Indices de réceptivité"),
)
_TO_WRITE = "À écrire."


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a version itself does not hold. `frame` is the measure or the title of detention, `reporters` the agents
    by whom contributions came, `known` what exists of the evaluation and of the plan.
    """

    person: Person
    custody: Custody | None
    service: Service
    prepared_by: str
    presumed_innocent: bool
    frame: str
    known: tuple[str, ...]
    voices: tuple[Contribution, ...]
    reporters: Mapping[UUID, str]


def advice(review: BoardReview, around: Around) -> CpuAdvice:
    return CpuAdvice(
        person=_named(around.person),
        held=_held(review),
        custody=_custody(around.custody),
        theme=labels.theme_of(review) or "à choisir",
        service=_service(around.service),
        prepared_by=around.prepared_by,
        known=around.known,
        situation=french_spaces(review.situation),
        advice=french_spaces(review.advice) or _TO_WRITE,
        person_view=french_spaces(review.person_view),
        informed=words.informed(review.person_informed),
        presumed_innocent=around.presumed_innocent,
    )


def synthesis(review: BoardReview, around: Around, analysis: tuple[Lines, ...]) -> CpiSynthesis:
    reporters = around.reporters
    return CpiSynthesis(
        person=_named(around.person),
        held=_held(review),
        frame=around.frame,
        theme=french_spaces(review.theme) or "à écrire",
        chair=review.chair or "à nommer",
        members=tuple(_member(one.profession, one.name) for one in review.members),
        service=_service(around.service),
        prepared_by=around.prepared_by,
        version=review.number,
        known=around.known,
        situation=french_spaces(review.situation),
        analysis=analysis,
        voices=tuple((labels.who_said(one), _voice(one, reporters.get(one.entered_by, ""))) for one in around.voices),
        person_view=french_spaces(review.person_view),
        advice=french_spaces(review.advice) or _TO_WRITE,
        decisions=tuple((french_spaces(one.label), one.who, dates.short(one.due)) for one in review.decisions),
        informed=words.informed(review.person_informed),
        presumed_innocent=around.presumed_innocent,
    )


def voices_of(around: Around, frozen: Evaluation | None) -> Around:
    """What was said since that evaluation was begun: an older contribution was of the one before."""
    if frozen is None:
        return around
    kept = [
        one
        for one in around.voices
        if one.evaluation_id == frozen.id or (one.said_on is not None and one.said_on >= frozen.started_on)
    ]
    return replace(around, voices=tuple(kept))


def analysis(findings: Iterable[Finding], *, presumed_innocent: bool) -> tuple[Lines, ...]:
    """The lists of an evaluation; of a person presumed innocent, nothing that is of the facts."""
    kept = [
        one
        for one in findings
        if one.evolution is not Evolution.LIFTED and not (presumed_innocent and one.kind in ABOUT_THE_FACTS)
    ]
    needs = Lines("Besoins à travailler", tuple(_need(one) for one in needs_in_order(kept)))
    lists = [Lines(title, _worded(kept, kind)) for kind, title in _LISTS]
    return tuple(one for one in (needs, *lists) if one.lines)


def evaluation_line(versions: Sequence[Evaluation]) -> str:
    """What exists of the evaluation, said as it is; `versions` are newest first."""
    if not versions:
        return words.NO_EVALUATION
    said = []
    frozen = next((one for one in versions if one.is_frozen), None)
    if frozen:
        said.append(f"{KINDS[frozen.kind]} (n°{NBSP}{frozen.number}) arrêtée le {dates.short(frozen.frozen_on)}")
    if not versions[0].is_frozen:
        draft = versions[0]
        said.append(f"{KINDS[draft.kind]} commencée le {dates.short(draft.started_on)}, non arrêtée")
    return said[0] if len(said) == 1 else f"{said[0]}{NBSP}; {_lowered(said[1])}"


def plan_line(versions: Sequence[Version]) -> str:
    """What exists of the plan; `versions` are oldest first."""
    if not versions:
        return words.NO_PLAN
    in_force = next((one for one in reversed(versions) if one.state is PlanState.IN_FORCE), None)
    told = [one for one in (in_force, versions[-1]) if one]
    each = {f"version {one.plan.number} {_plan_state(one.state)}": None for one in told}
    return f"PACEP{NBSP}: {', '.join(each)}"


def _plan_state(state: PlanState) -> str:
    return "en préparation" if state is PlanState.DRAFT else _lowered(PLAN_STATES[state])


def _worded(findings: Iterable[Finding], kind: FindingKind) -> tuple[str, ...]:
    return tuple(capital(french_spaces(one.words)) for one in findings if one.kind is kind and one.words.strip())


def _need(one: Finding) -> str:
    reason = one.priority_reason.strip() if one.priority is not None else ""
    return capital(french_spaces(f"{one.words} : {reason}" if reason else one.words))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _voice(one: Contribution, by: str) -> str:
    return f"{labels.what_was_said(one)}\n{words.how_given(one, by)}."


def _held(review: BoardReview) -> str:
    return dates.long(review.held_on) if review.held_on else "date à noter"


def _named(person: Person) -> str:
    day = f", {born(person)} {dates.short(person.birth_date)}" if person.birth_date else ""
    return f"{person.display_name}{day}"


def _service(service: Service) -> str:
    return ", ".join(part for part in (service.name, service.branch) if part)


def _custody(custody: Custody | None) -> str:
    if custody is None:
        return ""
    number = f"écrou {custody.ecrou_number}" if custody.ecrou_number else ""
    return ", ".join(part for part in (custody.establishment, number) if part)


def _member(profession: str, name: str) -> str:
    return ", ".join(part for part in (name, labels.profession(profession)) if part)
