"""The rows of « Obligations »: one obligation with its facts, one line that was noted; what is usual of each."""

from collections.abc import Mapping
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.obligation import WORK_OBLIGATION
from spip_desktop.domain.obligation_standing import FollowedObligation
from spip_desktop.domain.register import RegisterLine
from spip_desktop.domain.text import french_spaces, shortened
from spip_desktop.reference import load
from spip_desktop.services import obligation_words as words
from spip_desktop.services.obligation_view import FollowUp, WrittenLine
from spip_desktop.ui.table import Cell, RecordRow
from spip_desktop.wording.obligation import REGISTERS

#: Of what the decision says of an obligation, to tell it from another one.
_MOST_SAID = 60


def usual(one: FollowedObligation) -> str:
    """What is noted most of such an obligation."""
    entry = load("obligations").get(one.obligation.code)
    if one.obligation.code == WORK_OBLIGATION:
        return "session"
    if entry and entry.flag("payments"):
        return "payment"
    return "proof" if entry and entry.text("proof_kind") else "check"


def which(one: FollowedObligation, follow: FollowUp) -> str:
    """Its name; where another has the same, what the decision says of it, else its measure."""
    name = words.obligation_name(one.obligation.code)
    alike = [other for other in follow.obligations if other.obligation.code == one.obligation.code]
    if len(alike) < 2:
        return name
    said = shortened(one.obligation.precision, _MOST_SAID) or words.measure_words(one.measure)
    return f"{name} ({said})"


def names(follow: FollowUp) -> dict[UUID, str]:
    """What the lines of the registers are about: obligations, and measures."""
    measures = [one.measure for one in follow.works] + [one.measure for one in follow.hours]
    found = {one.id: words.measure_name(one) for one in measures}
    return found | {one.obligation.id: which(one, follow) for one in follow.obligations}


def likely(act: str, one: FollowedObligation, follow: FollowUp) -> dict[str, object]:
    """What one would type again: the kind of paper, the day after the last one, the sum of each month."""
    entry = load("obligations").get(one.obligation.code)
    if act == "proof" and entry:
        return {"kind": entry.text("proof_kind")}
    account = one.account(follow.today)
    return {"cents": account.monthly} if act == "payment" and account and account.monthly else {}


def obligation_row(one: FollowedObligation, follow: FollowUp) -> RecordRow:
    """Its measure, its name and what the decision says, the facts one below the other."""
    facts = words.facts_words(one, follow.today)
    name = Cell(words.obligation_name(one.obligation.code), french_spaces(one.obligation.precision), bold=True)
    known = Cell(facts[0] if facts else "", "\n".join(facts[1:]))
    measure = words.measure_words(one.measure, follow.today)
    title, _, when = measure.partition(", ")
    return RecordRow(one.obligation.id, (Cell(title, when), name, known), group=str(one.measure.id))


def history_row(one: WrittenLine, about: Mapping[UUID, str]) -> RecordRow:
    line, tone = one.line, "texte" if one.stands else "texte_2"
    of = about.get(_about(line), "")
    register = REGISTERS[_TABLES[type(line).__name__]]
    what = f"Corrige {register.lower()}" if line.corrects and not line.withdrawn else register
    said = words.line_words(line)
    state = "" if one.stands or line.withdrawn else "Remplacée ou retirée"
    below = "\n".join(part for part in (french_spaces(line.note), state) if part)
    return RecordRow(
        line.id,
        (
            Cell(dates.short(words.line_day(line)), tone=tone),
            Cell(what, of, tone=tone),
            Cell(said, below, tone=tone),
            Cell(one.by, f"noté le {dates.short(one.at.astimezone(PARIS).date())}", tone=tone, discreet=True),
        ),
    )


def _about(line: RegisterLine) -> UUID:
    """The obligation or the measure that a line is about."""
    found = getattr(line, "obligation_id", None) or getattr(line, "measure_id", None)
    return found if isinstance(found, UUID) else line.id


_TABLES = {
    "Check": "obligation_check", "Proof": "obligation_proof", "PaymentPlan": "payment_plan", "Payment": "payment",
    "WorkSession": "work_session", "WorkTerms": "work_terms", "HoursLine": "hours_line",
}  # fmt: skip
