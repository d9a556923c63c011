"""Officers, their roles, and what each role may do (deny by default)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.text import fold


class Role(StrEnum):
    CPIP = "cpip"
    DPIP = "dpip"
    SECRETARIAT = "secretariat"
    INTERVENANT = "intervenant"
    LECTURE = "lecture"
    ADMIN_TECHNIQUE = "admin_technique"
    AUDIT = "audit"


class Right(StrEnum):
    """One thing that can be asked for; a service method asks for one before it does anything."""

    READ_PERSON = "read_person"
    #: A dossier that one does not follow: freely where nobody does, else with a coded reason.
    OPEN_OTHERS = "open_others"
    WRITE_PERSON = "write_person"
    WRITE_SITUATION = "write_situation"
    ASSIGN = "assign"
    #: Convocations made, handed over, and whether the person came.
    WRITE_APPOINTMENT = "write_appointment"
    #: What becomes of a line of « À traiter »: done, put off, or the written decision not to act.
    DECIDE = "decide"
    READ_EVALUATION = "read_evaluation"
    WRITE_EVALUATION = "write_evaluation"
    #: What one's own profession brings to the evaluation, or what another's brings, reported.
    CONTRIBUTE = "contribute"
    #: The notes of the interviews, by whom follows the person or answers for the dossier: no habilitation names them.
    READ_INTERVIEW = "read_interview"
    WRITE_INTERVIEW = "write_interview"
    READ_PACEP = "read_pacep"
    WRITE_PACEP = "write_pacep"
    VISA = "visa"
    #: A confidence whose author has left: no written reason stands in for the DPIP.
    OPEN_CONFIDENCE = "open_confidence"
    #: Manquements and incidents: never for the secretariat.
    READ_INCIDENT = "read_incident"
    WRITE_INCIDENT = "write_incident"
    #: « Demandes reçues »: typed by whoever takes the call.
    TAKE_REQUEST = "take_request"
    READ_PRESCRIPTION = "read_prescription"
    WRITE_PRESCRIPTION = "write_prescription"
    READ_PARTNER = "read_partner"
    WRITE_PARTNER = "write_partner"
    PRINT = "print"
    #: Packages written for other stations and read from them, and what they leave to be settled.
    TRANSFER = "transfer"
    SET_SERVICE = "set_service"
    MANAGE_KEYS = "manage_keys"
    READ_JOURNAL = "read_journal"
    ERASE = "erase"
    HABILITATE = "habilitate"
    ACKNOWLEDGE_LOSS = "acknowledge_loss"
    #: Whether a station is who its card says: what it sends is believed, what it is sent can be read there.
    TRUST_STATION = "trust_station"


_READ = {Right.READ_PERSON, Right.READ_EVALUATION, Right.READ_INTERVIEW, Right.READ_PACEP}
_READ |= {Right.READ_INCIDENT, Right.READ_PRESCRIPTION, Right.READ_PARTNER}
_FOLLOW = _READ | {
    Right.OPEN_OTHERS,
    Right.WRITE_PERSON,
    Right.WRITE_SITUATION,
    Right.WRITE_APPOINTMENT,
    Right.DECIDE,
    Right.WRITE_EVALUATION,
    Right.CONTRIBUTE,
    Right.WRITE_INTERVIEW,
    Right.WRITE_PACEP,
    Right.WRITE_INCIDENT,
    Right.TAKE_REQUEST,
    Right.WRITE_PRESCRIPTION,
    Right.WRITE_PARTNER,
    Right.PRINT,
    Right.TRANSFER,
}
MATRIX: dict[Role, frozenset[Right]] = {
    Role.CPIP: frozenset(_FOLLOW),
    Role.DPIP: frozenset(
        _FOLLOW
        | {Right.ASSIGN, Right.VISA, Right.SET_SERVICE, Right.READ_JOURNAL, Right.ERASE}
        | {Right.HABILITATE, Right.ACKNOWLEDGE_LOSS, Right.OPEN_CONFIDENCE, Right.TRUST_STATION}
    ),
    # Creates the file and the convocations; never opens an evaluation (practice.md, « People and roles »).
    Role.SECRETARIAT: frozenset(
        {Right.READ_PERSON, Right.OPEN_OTHERS, Right.WRITE_PERSON, Right.WRITE_SITUATION}
        | {Right.READ_PARTNER, Right.WRITE_PARTNER, Right.TAKE_REQUEST, Right.WRITE_APPOINTMENT, Right.PRINT}
    ),
    # Of the dossiers assigned to them; what the individual habilitation names is added (R. 113-53 6°).
    Role.INTERVENANT: frozenset({Right.READ_PERSON}),
    Role.LECTURE: frozenset(_READ),
    Role.ADMIN_TECHNIQUE: frozenset({Right.SET_SERVICE, Right.MANAGE_KEYS}),
    Role.AUDIT: frozenset({Right.READ_JOURNAL}),
}
#: What an individual habilitation may name of the dossiers assigned to an intervenant (decision 20).
NAMEABLE = (
    Right.READ_EVALUATION,
    Right.CONTRIBUTE,
    Right.READ_PACEP,
    Right.READ_PRESCRIPTION,
    Right.READ_PARTNER,
)
_WHO_FOLLOWS = frozenset({Right.WRITE_PACEP})
#: Acts kept for a DPIP that a store without one allows with a written reason, shown to the next DPIP, and the rights
#: of which one has to be held for that.
KEPT_FOR_DPIP: dict[Right, frozenset[Right]] = {
    Right.ASSIGN: _WHO_FOLLOWS,
    Right.VISA: _WHO_FOLLOWS,
    Right.ERASE: _WHO_FOLLOWS,
    Right.ACKNOWLEDGE_LOSS: _WHO_FOLLOWS | {Right.MANAGE_KEYS},
    Right.HABILITATE: frozenset({Right.MANAGE_KEYS}),
    Right.TRUST_STATION: _WHO_FOLLOWS,
}


class SignsAs(StrEnum):
    NAME = "nom"
    NUMBER = "numero"


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """An agent of the service. `identifier` is chosen by the officer and is never a name (L. 113-3-1)."""

    id: UUID
    identifier: str
    family_name: str
    first_name: str
    function: str
    roles: tuple[Role, ...]
    milieu: str = "mixte"
    quotity: int = 100
    phone: str = ""
    email: str = ""
    administrative_number: str = ""
    signs_as: SignsAs = SignsAs.NAME
    number_authorised_from: date | None = None
    number_authorised_until: date | None = None
    title: str = ""
    habilitation_by: str = ""
    habilitation_on: date | None = None
    #: What the habilitation of an intervenant names, among NAMEABLE.
    habilitation_names: tuple[Right, ...] = ()
    active: bool = True

    def signature(self, today: date) -> str:
        """The name, or the administrative number while its authorisation runs (L. 113-3-1, R. 113-9-1)."""
        if self.signs_as is SignsAs.NUMBER and self._number_authorised(today):
            return f"n° {self.administrative_number}"
        return f"{self.first_name} {self.family_name}"

    def _number_authorised(self, today: date) -> bool:
        start, end = self.number_authorised_from, self.number_authorised_until
        return bool(start and end and self.administrative_number and start <= today <= end)

    def rights(self) -> frozenset[Right]:
        if not self.active:
            return frozenset()
        named = set(self.habilitation_names) & set(NAMEABLE) if Role.INTERVENANT in self.roles else set()
        return frozenset(named).union(*(MATRIX[role] for role in self.roles))


def referent(title: str) -> str:
    """« référente » or « référent » by the officer's title; « agent référent » where it is not known."""
    return {"Madame": "référente", "Monsieur": "référent"}.get(title, "agent référent")


def the_referent(word: str) -> str:
    """The word of `referent` with its article: « la référente », « le référent », « l’agent référent »."""
    if word[:1] in "aeiouyé":
        return f"l’{word}"
    return f"{'la' if word.endswith('e') else 'le'} {word}"


def of_the_referent(word: str) -> str:
    """The word of `referent` as a complement: « de la référente », « du référent », « de l’agent référent »."""
    with_article = the_referent(word)
    return f"du {word}" if with_article.startswith("le ") else f"de {with_article}"


def counsellor(title: str) -> str:
    """« conseillère » or « conseiller » by the officer's title; « CPIP » where it is not known."""
    return {"Madame": "conseillère", "Monsieur": "conseiller"}.get(title, "CPIP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The service and its antenne, as letterheads print them."""

    id: UUID
    name: str
    branch: str
    branch_kind: str = "mixte"
    address: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    neutral_name: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an officer whose roles were read when the store was opened."""

    officer: Officer
    store_has_dpip: bool = False
    read_only: bool = False

    @property
    def id(self) -> UUID:
        return self.officer.id

    def may(self, right: Right) -> bool:
        return right in self.officer.rights()

    def could(self, right: Right) -> bool:
        """Whether a role grants the right, or a written reason may stand in for a missing DPIP."""
        stand_ins = frozenset() if self.store_has_dpip else KEPT_FOR_DPIP.get(right, frozenset())
        return self.may(right) or bool(stand_ins & self.officer.rights())

    def require(self, right: Right, reason: str = "") -> None:
        """Refuse unless a role grants the right, or a written reason stands in for a missing DPIP."""
        if self.may(right):
            return
        if self.could(right):
            if reason.strip():
                return
            raise Refusal("reason_needed_without_dpip", "reason", right=right.value)
        raise Refusal("not_allowed", right=right.value)


#: What officers change of their own: never their identifier, their roles or their habilitation.
OWN_DETAILS = frozenset(
    {"title", "family_name", "first_name", "function", "milieu", "quotity", "phone", "email"}
    | {"administrative_number", "signs_as", "number_authorised_from", "number_authorised_until"}
)
#: These four say together how an officer signs: they are accepted together or not at all.
SIGNING = frozenset({"signs_as", "administrative_number", "number_authorised_from", "number_authorised_until"})


def service_problems(service: Service, forbidden: Iterable[str] = ()) -> list[Problem]:
    """What to put right in a service's details; `forbidden` are the folded words a neutral name never says."""
    problems = [Problem("required", name) for name in ("name", "branch") if not getattr(service, name).strip()]
    if service.postal_code and not (len(service.postal_code) == 5 and service.postal_code.isdecimal()):
        problems.append(Problem("postal_code_format", "postal_code"))
    spoken = f" {fold(service.neutral_name)} "
    told = [word for word in forbidden if f" {word} " in spoken]
    if told:
        problems.append(Problem("neutral_name_tells", "neutral_name", {"word": told[0]}))
    return problems


def habilitation_problems(officer: Officer, today: date) -> list[Problem]:
    """What to put right before someone joins the store: a role, and who let them in on which day (R. 113-53)."""
    problems = [] if officer.roles else [Problem("role_needed", "roles")]
    if not officer.habilitation_by.strip():
        problems.append(Problem("required", "habilitation_by"))
    if officer.habilitation_on is None:
        problems.append(Problem("required", "habilitation_on"))
    elif officer.habilitation_on > today:
        problems.append(Problem("habilitation_in_future", "habilitation_on"))
    return problems


def officer_problems(officer: Officer) -> list[Problem]:
    """What the first start asks to put right before an officer is recorded."""
    problems = [
        Problem("required", name)
        for name in ("identifier", "family_name", "first_name", "function")
        if not getattr(officer, name).strip()
    ]
    if officer.identifier and _names_the_officer(officer):
        problems.append(Problem("identifier_is_a_name", "identifier"))
    if not 1 <= officer.quotity <= 100:
        problems.append(Problem("quotity_out_of_range", "quotity"))
    if officer.signs_as is SignsAs.NUMBER:
        problems += _number_problems(officer)
    return problems


def _names_the_officer(officer: Officer) -> bool:
    words = set(fold(f"{officer.family_name} {officer.first_name}").split())
    spelled = fold(officer.identifier).replace(" ", "")
    return any(len(word) > 2 and word in spelled for word in words)


def _number_problems(officer: Officer) -> list[Problem]:
    problems = [
        Problem("required_to_sign_by_number", name)
        for name in ("administrative_number", "number_authorised_from", "number_authorised_until")
        if not getattr(officer, name)
    ]
    start, end = officer.number_authorised_from, officer.number_authorised_until
    if start and end and end < start:
        problems.append(Problem("end_before_start", "number_authorised_until"))
    return problems
