"""« Demandes reçues »: what a person detained writes, what a family, a lawyer or an employer asks by telephone."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from spip_desktop.domain.deadline import Facts, Subject
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.place import Place

KIND = "request"
#: The most of each text, in signs.
_LIMITS = {"unknown": 120, "contact": 120, "subject": 500, "answer": 500}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request. It is about a person of the store, or about somebody named in words (`unknown`).

    `asker` (list `request_askers`), `channel` and `answer_how` (list `request_channels`). `officer_id`: for whom it is,
    where the dossier does not tell. `contact`: whom to call back.
    """

    id: UUID
    person_id: UUID | None = None
    unknown: str = ""
    asker: str
    channel: str
    contact: str = ""
    subject: str
    received_on: date
    officer_id: UUID | None = None
    noted_at: datetime
    noted_by: UUID
    answered_on: date | None = None
    answer_how: str = ""
    answer: str = ""
    answered_by: UUID | None = None

    @property
    def is_waiting(self) -> bool:
        return self.answered_on is None


def request_problems(request: Request, today: date) -> list[Problem]:
    """Who asks, what, since when; of whom, known or not."""
    problems = [Problem("required", name) for name in ("asker", "channel", "subject") if not getattr(request, name)]
    if request.person_id is None and not request.unknown.strip():
        problems.append(Problem("required", "person"))
    if request.received_on > today:
        problems.append(Problem("date_in_future", "received_on"))
    return problems + _too_long(request)


def answered(request: Request, on: date, how: str, answer: str, by: UUID) -> Request:
    """The same with its answer; « Répondu le … »."""
    return replace(request, answered_on=on, answer_how=how, answer=answer.strip(), answered_by=by)


def answer_problems(request: Request, today: date) -> list[Problem]:
    problems = [] if request.answer_how else [Problem("required", "answer_how")]
    if request.answered_on and request.answered_on > today:
        problems.append(Problem("date_in_future", "answered_on"))
    if request.answered_on and request.answered_on < request.received_on:
        problems.append(Problem("request_answered_before", "answered_on", {"day": request.received_on}))
    return problems + _too_long(request)


def reopened(request: Request) -> Request:
    """Without its answer, which its revisions keep."""
    return replace(request, answered_on=None, answer_how="", answer="", answered_by=None)


def facts_of(request: Request, asker: str) -> Facts:
    """One that waits, for the rules of the échéances; the list never says what is asked."""
    return Facts(
        of=Subject.REQUEST,
        id=request.id,
        person_id=request.person_id or request.id,
        place=Place("requests", field=str(request.id)),
        days={"reception": request.received_on},
        words={"asker": asker},
    )


def _too_long(request: Request) -> list[Problem]:
    long = {name: most for name, most in _LIMITS.items() if len(getattr(request, name)) > most}
    return [Problem("too_long", name, {"limit": most}) for name, most in long.items()]
