"""The prescription: one sheet that starts a partner's work (seeds 000, 003; practice.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.eligibility import RuleResult, to_override
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.vigilance import Found, unread

#: A draft may hold more than the sheet prints: the count on screen says so, only freezing refuses it.
LONGEST_DRAFT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """« Passer outre » one rule, with a written reason, its author and its date."""

    rule: str
    reason: str
    on: date
    by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """One sheet. A draft until `ready_on`: then frozen, numbered, printable; what follows are events.

    `ticked` are the ticks of the person (codes of the sheet's form); `values` the fields typed on the sheet, by
    field code; `read_words` the words of vigilance that the officer has read. Once ready, `sheet` is the frozen
    content in JSON, `conditions` the answers of that day, and the versions are those of the sheet, of the rules and
    of the catalogue it was made with. `replaces_id` is the edition that this one replaces; `with_return` asks for an
    answer on a letterhead that asks for none by itself. `opinions` are the officer's answers to the conditions that
    only a person can judge: by the code of the rule, with `.reason` and `.on` after it. `amendment_reason` (list
    `amendment_reasons`) says why a sheet that the partner holds is replaced.
    """

    id: UUID
    person_id: UUID
    number: int = 1
    replaces_id: UUID | None = None
    pacep_id: UUID | None = None
    action_lineage: UUID | None = None
    objective_lineage: UUID | None = None
    partner_id: UUID | None = None
    service_id: UUID | None = None
    contact_id: UUID | None = None
    sheet_code: str = "mission_locale"
    sheet_version: int = 1
    rules_version: int = 1
    fields_version: int = 1
    letterhead: str = "officiel"
    with_return: bool = False
    channel: str = ""
    drafted_on: date
    meeting_on: date | None = None
    meeting_hour: str = ""
    meeting_place: str = ""
    asks: tuple[str, ...] = ()
    objective_words: str = ""
    ticked: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    near_employment: str = ""
    near_employment_reason: str = ""
    near_employment_on: date | None = None
    opinions: Mapping[str, str] = field(default_factory=dict)
    report_wanted_by: date | None = None
    useful_on: date | None = None
    overrides: tuple[Override, ...] = ()
    amendment_reason: str = ""
    amendment_comment: str = ""
    read_words: tuple[str, ...] = ()
    ready_on: date | None = None
    ready_by: UUID | None = None
    sheet_number: str = ""
    answer_code: str = ""
    sheet: str = ""
    conditions: tuple[RuleResult, ...] = ()

    @property
    def is_frozen(self) -> bool:
        return self.ready_on is not None

    def override(self, rule: str) -> Override | None:
        """The written reason to pass over a rule, or None."""
        return next((one for one in self.overrides if one.rule == rule), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a sheet's form allows: how many asks, how many signs of objective and of each typed field."""

    asks: frozenset[str]
    max_asks: int
    objective_max: int
    value_max: Mapping[str, int]
    has_objective: bool = True
    recipient: str = "partenaire"


def draft_problems(prescription: Prescription, limits: Limits) -> list[Problem]:
    """What a draft cannot hold; everything else waits for `blocking`."""
    problems = []
    if len(prescription.asks) > limits.max_asks:
        problems.append(Problem("too_many_asks", "asks", {"limit": limits.max_asks}))
    problems += [
        Problem("too_long", name, {"limit": LONGEST_DRAFT})
        for name in ("objective_words", "near_employment_reason", "meeting_place")
        if len(getattr(prescription, name)) > LONGEST_DRAFT
    ]
    return problems


def blocking(
    prescription: Prescription, limits: Limits, results: tuple[RuleResult, ...], words: tuple[Found, ...]
) -> list[Problem]:
    """What keeps the sheet from being ready, each with the field where it is put right."""
    problems = [] if prescription.partner_id else [Problem("partner_needed", "partner_id", {"who": limits.recipient})]
    if not prescription.asks:
        problems.append(Problem("asks_needed", "asks", {"limit": limits.max_asks}))
    problems += draft_problems(prescription, limits)
    if not limits.has_objective:
        pass  # the sheet has no place for it: what is noted stays inside
    elif not prescription.objective_words.strip():
        problems.append(Problem("objective_needed", "objective_words"))
    elif len(prescription.objective_words) > limits.objective_max:
        problems.append(Problem("too_long", "objective_words", {"limit": limits.objective_max}))
    problems += [
        Problem("too_long", code, {"limit": most})
        for code, most in limits.value_max.items()
        if most and len(prescription.values.get(code, "")) > most
    ]
    problems += [
        Problem("override_needed", "rules", {"rule": one.label})
        for one in to_override(results)
        if prescription.override(one.code) is None
    ]
    waiting = unread(words, prescription.read_words)
    if waiting:
        problems.append(Problem("words_unread", "read_words", {"words": ", ".join(one.word for one in waiting)}))
    return problems


def report_date(
    today: date, commission_on: date | None, release_on: date | None, *, days: int, months: int
) -> date | None:
    """When the report is useful: the earliest of commission − days and release − months that lies ahead."""
    found = [commission_on - timedelta(days=days)] if commission_on else []
    found += [add_months(release_on, -months)] if release_on else []
    return min((day for day in found if day > today), default=None)
