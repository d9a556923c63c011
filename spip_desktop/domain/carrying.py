"""« À reporter »: what an officer noted here, worded for the ministry's own systems, and that it was entered there.

The blocks are worked out from the records each time (decision 55); only what was done of a block is stored: reported,
or not to be reported, with its words as they were that day. A line written by mistake is withdrawn by a second line.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.place import Place

KIND = "carried"
_REASON = 300  # signs


class System(StrEnum):
    """Where everything is typed again, in the order in which they are offered."""

    APPI = "appi"
    GENESIS = "genesis"
    PRISME = "prisme"


class Of(StrEnum):
    """What a block is made from."""

    INTERVIEW = "entretien"
    APPOINTMENT = "rendez_vous"
    EVALUATION = "evaluation"
    PLAN = "pacep"
    BOARD = "avis_cpu"
    SHEET = "prescription"
    PROOF = "justificatif"
    CHECK = "controle"
    PAYMENT = "versement"
    WORK = "heures_tig"
    HOURS = "horaires"
    BREACH = "manquement"
    INCIDENT = "incident"
    ADDRESS = "adresse"
    PERSON = "situation"
    REQUEST = "demande"


#: What the words of a block may name, by what it is made from; beside each, the field of the catalogue that it shows
#: (resources/reference/fields.toml), or nothing. What is not here has no way into a block: confidences, the notes of
#: the evaluation, health, the kind of an incident, the offence.
_REGISTER = {"date": "", "ligne": "", "obligation": "obligations", "note": ""}
OFFERED: Mapping[Of, Mapping[str, str]] = {
    Of.INTERVIEW: {
        **dict.fromkeys(("date", "heure", "duree", "type", "lieu", "presents"), ""),
        **dict.fromkeys(("depuis", "aujourdhui", "decisions", "suite", "complements"), ""),
    },
    Of.APPOINTMENT: dict.fromkeys(("date", "heure", "type", "lieu", "issue", "precision", "suites", "delai"), ""),
    Of.EVALUATION: {"date": "", "type": "", "version": "", "arretee_le": "", "besoins": "evaluation"},
    Of.PLAN: {
        **dict.fromkeys(("date", "version", "objectifs", "revue"), ""),
        "niveau": "niveau_intervention",
        "motif_niveau": "niveau_intervention",
        "axes": "pacep",
    },
    Of.BOARD: dict.fromkeys(("date", "theme", "situation", "avis", "parole", "etabli_le"), ""),
    Of.SHEET: dict.fromkeys(("date", "numero", "partenaire", "demandes", "fait", "commentaire"), ""),
    **dict.fromkeys((Of.PROOF, Of.CHECK, Of.PAYMENT, Of.WORK, Of.HOURS), _REGISTER),
    Of.BREACH: {"date": "", "obligation": "obligations", "faits": "incidents", "suites": "incidents"},
    Of.INCIDENT: {"date": "", "heure": "", "faits": "incidents", "informes": "incidents", "suites": "incidents"},
    Of.ADDRESS: dict.fromkeys(("date", "type", "adresse", "hebergeant", "fin", "justifiee"), ""),
    Of.PERSON: dict.fromkeys(("date", "telephone", "courriel", "emploi"), ""),
    Of.REQUEST: dict.fromkeys(("date", "de", "objet", "reponse", "repondu_le"), ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockKind:
    """One kind of block (resources/rules/carrying): for which system, under which rubric there, in which words.

    `milieu`: "MF" or "MO" when it is of facts that fell while the person was detained, or was not. `certain`: the
    rubric was read in the system itself; else it is to be checked by the service.
    """

    code: str
    label: str
    of: Of
    system: System
    rubric: str
    title: str
    lines: tuple[str, ...]
    milieu: str = ""
    certain: bool = False
    on: bool = True
    checked: date

    @property
    def fields(self) -> frozenset[str]:
        """What its words name."""
        return frozenset(_FIELD.findall("\n".join((self.title, *self.lines))))


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryingSetting:
    """What the service decides of one kind: used or not, and for which system. The newest line holds."""

    id: UUID
    code: str
    in_use: bool
    system: System
    since: date


class Answer(StrEnum):
    """What was done of a block."""

    CARRIED = "reporte"
    SET_ASIDE = "sans_objet"
    WITHDRAWN = "retire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One line: what was done of a block on a day, with its words then and the mark of what they were made from.

    `withdraws` names the line that this one takes back; both stay.
    """

    id: UUID
    person_id: UUID
    block: str
    object_id: UUID
    system: System
    answer: Answer
    title: str
    text: str
    mark: str
    happened_on: date
    noted_at: datetime
    noted_by: UUID
    reason: str = ""
    withdraws: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a block is made from: one record or fact of a person, its day, and a mark that changes when it does.

    `gone`: it left the dossier. `replaces`: the line of a register that this one corrects.
    """

    object_id: UUID
    person_id: UUID
    on: date
    mark: str
    gone: bool = False
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What is to be entered, where and in which words, to the letter. `former`: as it was reported before a change."""

    kind: BlockKind
    source: Source
    title: str
    text: str
    place: Place
    former: Carried | None = None

    @property
    def key(self) -> str:
        return f"{self.kind.code}:{self.source.object_id}"

    @property
    def person_id(self) -> UUID:
        return self.source.person_id

    @property
    def on(self) -> date:
        return self.source.on


# -- words ---------------------------------------------------------------------------------------------------

_FIELD = re.compile(r"\{([a-z_]+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
#: What is typed may end with a stop of its own.
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
#: What the fields of an older system may not take as it is: spaces that do not break, typographic signs.
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "‘": "'", "–": "-", "—": "-", "…": "..."})


def plain(text: str) -> str:
    """The same words with the signs that any keyboard has; letters and accents stay."""
    return text.translate(_PLAIN)


def worded(template: str, values: Mapping[str, str]) -> str:
    """A template with its values; a part between [ ] goes when it has nothing to say, the whole when it has not."""

    def part(found: re.Match[str]) -> str:
        inside = found[1]
        return inside if all(values.get(name) for name in _FIELD.findall(inside)) else ""

    kept = _OPTIONAL.sub(part, template)
    if not all(values.get(name) for name in _FIELD.findall(kept)):
        return ""
    return _FIELD.sub(lambda found: values[found[1]], kept)


def words_of(kind: BlockKind, values: Mapping[str, str]) -> tuple[str, str]:
    """The title and the text of a block, in plain signs."""
    lines = (worded(line, values) for line in kind.lines)
    text = _TWO_STOPS.sub(".", plain("\n".join(line for line in lines if line)).strip())
    return plain(worded(kind.title, values)).strip(), text[:1].upper() + text[1:]


# -- what holds ----------------------------------------------------------------------------------------------


def standing(lines: Iterable[Carried]) -> tuple[Carried, ...]:
    """The lines that hold, in the order of entry: those that no other withdraws."""
    every = sorted(lines, key=lambda one: (one.noted_at, one.id))
    withdrawn = {one.withdraws for one in every}
    return tuple(one for one in every if one.withdraws is None and one.id not in withdrawn)


def held(lines: Iterable[Carried]) -> dict[tuple[str, UUID], Carried]:
    """The newest line that holds, by kind of block and by what it is made from."""
    return {(one.block, one.object_id): one for one in standing(lines)}


def former_of(
    block: str, source: Source, lines: Mapping[tuple[str, UUID], Carried], corrects: Mapping[UUID, UUID]
) -> Carried | None:
    """What was done of a block as it is, or of the nearest line that it corrects."""
    at: UUID | None = source.object_id
    while at is not None:
        if found := lines.get((block, at)):
            return found
        at = corrects.get(at)
    return None


def waits(block: Block) -> bool:
    """Whether a block is still to be entered: never reported, or reported in other words; what is gone only once."""
    if block.former is None:
        return not block.source.gone
    if block.former.answer is Answer.SET_ASIDE and block.source.gone:
        return False
    return block.text != block.former.text or block.title != block.former.title


def in_order(blocks: Iterable[Block], names: Mapping[UUID, str]) -> tuple[Block, ...]:
    """By person, each in the order of what happened."""
    return tuple(
        sorted(blocks, key=lambda one: (names[one.person_id], one.person_id, one.on, one.kind.code, one.title, one.key))
    )


def newest(settings: Iterable[CarryingSetting], today: date) -> dict[str, CarryingSetting]:
    """The decision in force of each kind."""
    decided = [one for one in settings if one.since <= today]
    return {one.code: one for one in sorted(decided, key=lambda one: (one.since, one.id))}


def with_settings(
    kinds: Sequence[BlockKind], settings: Iterable[CarryingSetting], today: date
) -> tuple[BlockKind, ...]:
    """The kinds as the service has them."""
    held = newest(settings, today)
    return tuple(
        replace(one, on=held[one.code].in_use, system=held[one.code].system) if one.code in held else one
        for one in kinds
    )


def reason_problems(reason: str) -> list[Problem]:
    """« Pas à reporter » is a written decision."""
    if not reason.strip():
        return [Problem("reason_needed", "reason")]
    return [Problem("too_long", "reason", {"limit": _REASON})] if len(reason) > _REASON else []


def day_problems(day: date | None, source: Source, today: date) -> list[Problem]:
    """Nothing is reported tomorrow, nor before it happened."""
    if day is None:
        return [Problem("required", "on")]
    if day > today:
        return [Problem("date_in_future", "on")]
    return [Problem("carried_before", "on")] if day < source.on else []
