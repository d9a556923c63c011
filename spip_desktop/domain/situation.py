"""Rules on the basis of the follow-up, the écrou and the fiche pénale (domain.md §2.5: V01, V03)."""

import re
from collections.abc import Iterable
from datetime import date

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.measure import Basis, BasisKind, Custody, Milieu, SentenceSheet

_ECROU = re.compile(r"\d{1,8}")
USUAL_ECROU_DIGITS = 5
#: D. 522-4 of the code pénitentiaire: help asked for by the person, within six months of the release.
VOLUNTARY_HELP_MONTHS = 6


# -- the basis -----------------------------------------------------------------------------------------------


def basis_ends(basis: Basis) -> date | None:
    """The day the basis stops: as written, and six months after the release at most for AIDE6 (D. 522-4)."""
    if basis.kind is BasisKind.VOLUNTARY and basis.received_on:
        legal = add_months(basis.received_on, VOLUNTARY_HELP_MONTHS)
        return min(legal, basis.ends) if basis.ends else legal
    return basis.ends


def basis_is_active(basis: Basis, today: date) -> bool:
    ends = basis_ends(basis)
    return (basis.received_on is None or basis.received_on <= today) and (ends is None or ends >= today)


def no_basis(bases: Iterable[Basis], custodies: Iterable[Custody], today: date) -> Problem | None:
    """V01: no new act without a referral, a detention title or AIDE6; an open écrou is held under a title."""
    if any(basis_is_active(basis, today) for basis in bases) or current_custody(custodies, today):
        return None
    return Problem("no_active_basis", "basis", {"source": "art. D. 113-41 et D. 522-4 du code pénitentiaire"})


def basis_problems(basis: Basis, today: date) -> list[Problem]:
    """V04, for what concerns the referral: decided, then received, then ended."""
    problems = _in_order("decided_on", basis.decided_on, "received_on", basis.received_on, "referral_before_decision")
    problems += _in_order("received_on", basis.received_on, "ends", basis.ends, "end_before_start")
    problems += [
        Problem("date_in_future", field)
        for field, day in (("decided_on", basis.decided_on), ("received_on", basis.received_on))
        if day and day > today
    ]
    return problems


# -- the écrou -----------------------------------------------------------------------------------------------


def is_open(custody: Custody, today: date) -> bool:
    return (custody.starts is None or custody.starts <= today) and (custody.ends is None or custody.ends > today)


def current_custody(custodies: Iterable[Custody], today: date) -> Custody | None:
    """The open écrou; V03 says that there is one at most."""
    found = [custody for custody in custodies if is_open(custody, today)]
    return max(found, key=lambda custody: (custody.starts or date.min, custody.id), default=None)


def milieu(custody: Custody | None, *, followed: bool) -> Milieu | None:
    """Milieu fermé while hosted under écrou; milieu ouvert otherwise, when there is anything to follow."""
    if custody and custody.hosted:
        return Milieu.CUSTODY
    return Milieu.OPEN if custody or followed else None


def custody_problems(custody: Custody, others: Iterable[Custody], today: date) -> list[Problem]:
    """V03 (D. 212-6 and following of the code pénitentiaire): dates in order, one open écrou per person."""
    problems = [
        Problem("ecrou_format", field)
        for field, number in (
            ("ecrou_number", custody.ecrou_number),
            ("first_ecrou_number", custody.first_ecrou_number),
        )
        if number and not _ECROU.fullmatch(number)
    ]
    if custody.starts and custody.starts > today:
        problems.append(Problem("date_in_future", "starts"))
    if custody.ends and custody.ends > today:
        problems.append(Problem("release_in_future", "ends"))
    problems += _in_order("starts", custody.starts, "ends", custody.ends, "end_before_start")
    if custody.ends is None and any(other.ends is None and other.id != custody.id for other in others):
        problems.append(Problem("second_open_ecrou", "ends", {"source": "art. D. 212-6 du code pénitentiaire"}))
    return problems


def custody_warnings(custody: Custody, others: Iterable[Custody], today: date) -> list[Problem]:
    """What deserves a look: an unusual number, two stays that overlap, a target gone by."""
    warnings = [] if custody.establishment.strip() else [Problem("establishment_missing", "establishment")]
    if _ECROU.fullmatch(custody.ecrou_number) and len(custody.ecrou_number) != USUAL_ECROU_DIGITS:
        warnings.append(Problem("ecrou_unusual", "ecrou_number", {"digits": len(custody.ecrou_number)}))
    if any(_overlap(custody, other) for other in others if other.id != custody.id):
        warnings.append(Problem("ecrous_overlap", "starts"))
    if custody.ends is None and custody.release_target_on and custody.release_target_on < today:
        warnings.append(Problem("target_gone_by", "release_target_on"))
    return warnings


def _overlap(one: Custody, other: Custody) -> bool:
    """Whether two dated stays share more than the day of a transfer."""
    if one.starts is None or other.starts is None:
        return False
    return one.starts < (other.ends or date.max) and other.starts < (one.ends or date.max)


# -- the fiche pénale ----------------------------------------------------------------------------------------


def latest_sheet(sheets: Iterable[SentenceSheet]) -> SentenceSheet | None:
    """The edition in force: the newest as of its own date."""
    return max(sheets, key=lambda sheet: (sheet.as_of, sheet.id), default=None)


def sheet_problems(sheet: SentenceSheet, today: date) -> list[Problem]:
    """Dates in order, counts that can be; the greffe's dates are otherwise taken as they are."""
    problems = [Problem("date_in_future", "as_of")] if sheet.as_of > today else []
    problems += _in_order(
        "sentence_start", sheet.sentence_start, "end_official", sheet.end_official, "end_before_start"
    )
    problems += [
        Problem("negative", field)
        for field in ("provisional_days", "remission_days", "remission_withdrawn_days")
        if getattr(sheet, field) < 0
    ]
    for number, line in enumerate(sheet.lines, 1):
        if not line.label.strip():
            problems.append(Problem("line_without_label", "lines", {"number": number}))
        if min(line.quantum_years, line.quantum_months, line.quantum_days) < 0:
            problems.append(Problem("negative", "lines"))
    return problems


def quantum(sheet: SentenceSheet | None) -> tuple[int, int, int] | None:
    """Years, months, days of the one sentence of the sheet; None when there are several: they are never added up."""
    if sheet is None or len(sheet.lines) != 1:
        return None
    line = sheet.lines[0]
    found = (line.quantum_years, line.quantum_months, line.quantum_days)
    return found if any(found) else None


def _in_order(first: str, start: date | None, second: str, end: date | None, code: str) -> list[Problem]:
    return [Problem(code, second)] if start and end and end < start else []
