"""A caseload from the rows of a spreadsheet: persons, écrous, fiches pénales, referrals and measures, one row a person.

Several rows of one person (same names, same birth date) are one dossier with several measures.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from spip_desktop.domain.dates import parse_date
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import Basis, BasisKind, Custody, Measure, Milieu, PenalCategory, SentenceSheet
from spip_desktop.domain.measure_rules import measure_problems
from spip_desktop.domain.person import Person, likeness, normalised_appi, person_problems
from spip_desktop.domain.sheet_columns import Guesses, Lists, Rejected, RowRefused, coded, require, texts_of
from spip_desktop.domain.situation import basis_problems, custody_problems, sheet_problems
from spip_desktop.domain.text import fold, fold_joined

#: What a column may give, and the folded heads by which it is recognised; the officer may choose otherwise.
GUESSES: Guesses = {
    "birth_name": ("nom", "nom de naissance", "nom de famille"),
    "first_names": ("prenom", "prenoms"),
    "usual_name": ("nom d usage", "nom usuel", "nom marital"),
    "birth_date": ("naissance", "date de naissance", "ne le", "nee le", "ne e le", "ddn"),
    "appi_number": ("appi", "n appi", "no appi", "numero appi"),
    "custody.ecrou_number": ("ecrou", "n ecrou", "n d ecrou", "no ecrou", "no d ecrou", "numero d ecrou", "num ecrou"),
    "custody.starts": ("date d ecrou", "ecroue le", "entree", "date d entree"),
    "custody.establishment": ("etablissement",),
    "custody.building": ("batiment", "bat"),
    "custody.floor": ("etage",),
    "custody.cell": ("cellule",),
    "custody.penal_category": ("categorie penale", "categorie", "prevenu condamne"),
    "sheet.end_official": ("fin de peine", "date de fin de peine", "fdp", "liberable le", "sortie"),
    "sheet.as_of": ("fiche penale du", "date de la fiche penale", "edition de la fiche penale"),
    "basis.received_on": ("saisine", "date de saisine", "saisi le", "recu le"),
    "basis.court": ("juridiction", "tribunal"),
    "measure.kind": ("mesure", "type de mesure"),
    "measure.starts": ("debut", "debut de mesure", "debut de la mesure"),
    "measure.ends_planned": ("fin", "fin de mesure", "fin prevue", "fin de la mesure"),
}
#: What must be given by a column, with the refusal that says so.
NEEDED = {"birth_name": "name_columns_needed", "first_names": "name_columns_needed", "birth_date": "birth_needed"}
_DAYS = frozenset(code for code in GUESSES if code.rpartition(".")[2] in
                  {"birth_date", "starts", "end_official", "as_of", "received_on", "ends_planned"})  # fmt: skip
Key = tuple[str, str, date]
P = TypeVar("P", Custody, SentenceSheet, Basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords:
    """What the words of a cell mean, and in which milieu each measure is followed."""

    measures: Lists
    categories: Lists
    milieu_of: Mapping[str, Milieu]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDossier:
    """What one person's rows give."""

    person: Person
    custody: Custody | None = None
    sheet: SentenceSheet | None = None
    basis: Basis | None = None
    measures: tuple[Measure, ...] = ()


@dataclass(slots=True)
class ListPreview:
    """What the rows would add. Nothing is written yet."""

    dossiers: list[NewDossier] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def count(self, part: str) -> int:
        """How many of the dossiers have that part; of « measures », how many measures."""
        found = [getattr(one, part) for one in self.dossiers]
        return sum(len(one) if isinstance(one, tuple) else one is not None for one in found)


class Known:
    """Who is in the store already: a row about one of them is shown, and left to the officer."""

    def __init__(self, persons: Collection[Person], open_ecrous: Collection[str]) -> None:
        self._ecrous, self._by_name, self._by_appi = frozenset(open_ecrous), dict[str, list[Person]](), set[str]()
        for one in persons:
            for name in _names(one):
                self._by_name.setdefault(name, []).append(one)
            self._by_appi.add(one.appi_number)

    def has(self, person: Person, ecrou_number: str) -> bool:
        """By the same likeness as at a new dossier (domain/person.likeness), or by an open écrou of that number."""
        if (person.appi_number and person.appi_number in self._by_appi) or (ecrou_number in self._ecrous):
            return True
        return any(likeness(person, other) for name in _names(person) for other in self._by_name.get(name, ()))


def read_people(
    rows: Sequence[Sequence[str]],
    columns: Mapping[int, str],
    words: ListWords,
    known: Known,
    today: date,
    new_id: Callable[[], UUID],
) -> ListPreview:
    """The dossiers of the rows. The first row of the file is that of the heads: `rows` begin after it, at line 2."""
    preview, made, reader = ListPreview(), dict[Key, int](), _Reader(words, today, new_id)
    for line, row in enumerate(rows, 2):
        texts = texts_of(row, columns)
        try:
            dossier, key = reader.dossier(texts)
            if known.has(dossier.person, dossier.custody.ecrou_number if dossier.custody else ""):
                raise RowRefused("person_known", "birth_name")
            reader.own_numbers(dossier, key)
            if key in made:
                preview.dossiers[made[key]] = reader.joined(preview.dossiers[made[key]], dossier)
                continue
            made[key] = len(preview.dossiers)
            preview.dossiers.append(dossier)
        except RowRefused as wrong:
            said = f"{texts.get('birth_name', '')} {texts.get('first_names', '')}".strip()
            preview.rejected.append(Rejected(line, said[:80], wrong.reason, wrong.field))
    return preview


class _Reader:
    """Makes the records of a row, each held to the rules of its page."""

    def __init__(self, words: ListWords, today: date, new_id: Callable[[], UUID]) -> None:
        self._words, self._today, self._new_id = words, today, new_id
        self._whose: dict[tuple[str, str], Key] = {}

    def own_numbers(self, dossier: NewDossier, key: Key) -> None:
        """Refuse a number that the list gave to someone else above: one of the two rows is wrong."""
        ecrou = dossier.custody.ecrou_number if dossier.custody else ""
        for code, number in (("custody.ecrou_number", ecrou), ("appi_number", dossier.person.appi_number)):
            if number and self._whose.setdefault((code, number), key) != key:
                raise RowRefused("number_of_another", code)

    def dossier(self, texts: Mapping[str, str]) -> tuple[NewDossier, Key]:
        """The dossier of one row, and by what another row of the same person is told."""
        days = {code: self._day(texts[code], code) for code in _DAYS & texts.keys()}
        person = self._person(texts, days.get("birth_date"))
        assert person.birth_date is not None
        found = NewDossier(
            person=person,
            custody=self._custody(texts, days, person.id),
            sheet=self._sheet(days, person.id),
            basis=self._basis(texts, days, person.id),
            measures=self._measures(texts, days, person.id),
        )
        if found.custody is None and found.basis is None and not found.measures:
            raise RowRefused("no_ground", "custody.ecrou_number")
        return found, (fold_joined(person.birth_name), fold_joined(person.first_names), person.birth_date)

    def joined(self, first: NewDossier, other: NewDossier) -> NewDossier:
        """Another row of a person already read: what it adds; what says otherwise refuses the row."""
        if first.custody and other.custody and first.custody.ecrou_number != other.custody.ecrou_number:
            raise RowRefused("second_ecrou", "custody.ecrou_number")
        measures = tuple(replace(one, person_id=first.person.id) for one in other.measures)
        for one in measures:
            require(measure_problems(one, first.measures, self._today), "measure.")
        return replace(
            first,
            custody=first.custody or _of(other.custody, first.person.id),
            sheet=first.sheet or _of(other.sheet, first.person.id),
            basis=first.basis or _of(other.basis, first.person.id),
            measures=(*first.measures, *measures),
        )

    def _day(self, text: str, code: str) -> date | None:
        try:
            return parse_date(text, self._today, past=code == "birth_date")
        except Refusal as wrong:
            raise RowRefused(wrong.code, code) from None

    def _person(self, texts: Mapping[str, str], born: date | None) -> Person:
        if born is None:
            raise RowRefused("required", "birth_date")
        person = Person(
            id=self._new_id(),
            birth_name=texts.get("birth_name", ""),
            first_names=_separated(texts.get("first_names", "")),
            usual_name=texts.get("usual_name", ""),
            birth_date=born,
            appi_number=normalised_appi(texts.get("appi_number", "")),
        )
        require(person_problems(person, self._today))
        return person

    def _custody(self, texts: Mapping[str, str], days: Mapping[str, date | None], person: UUID) -> Custody | None:
        number = texts.get("custody.ecrou_number", "").replace(" ", "")
        if not number:
            return None
        category = coded(
            texts.get("custody.penal_category", ""), self._words.categories, "unknown_category",
            "custody.penal_category",
        )  # fmt: skip
        custody = Custody(
            id=self._new_id(),
            person_id=person,
            ecrou_number=number,
            starts=days.get("custody.starts"),
            establishment=texts.get("custody.establishment", ""),
            building=texts.get("custody.building", ""),
            floor=texts.get("custody.floor", ""),
            cell=texts.get("custody.cell", ""),
            penal_category=PenalCategory(category) if category else PenalCategory.REMAND,
        )
        require(custody_problems(custody, (), self._today), "custody.")
        return custody

    def _sheet(self, days: Mapping[str, date | None], person: UUID) -> SentenceSheet | None:
        """The fiche pénale says of which day it is: an end of sentence without it would look certain."""
        ends, as_of = days.get("sheet.end_official"), days.get("sheet.as_of")
        if ends is None:
            return None
        if as_of is None:
            raise RowRefused("sheet_day_needed", "sheet.as_of")
        sheet = SentenceSheet(id=self._new_id(), person_id=person, as_of=as_of, end_official=ends)
        require(sheet_problems(sheet, self._today), "sheet.")
        return sheet

    def _basis(self, texts: Mapping[str, str], days: Mapping[str, date | None], person: UUID) -> Basis | None:
        received = days.get("basis.received_on")
        if received is None:
            return None
        court = texts.get("basis.court", "")
        basis = Basis(id=self._new_id(), person_id=person, kind=BasisKind.REFERRAL, received_on=received, court=court)
        require(basis_problems(basis, self._today), "basis.")
        return basis

    def _measures(self, texts: Mapping[str, str], days: Mapping[str, date | None], person: UUID) -> tuple[Measure, ...]:
        kind = coded(texts.get("measure.kind", ""), self._words.measures, "unknown_measure", "measure.kind")
        if not kind:
            return ()
        measure = Measure(
            id=self._new_id(),
            person_id=person,
            kind=kind,
            milieu=self._words.milieu_of[kind],
            referral_on=days.get("basis.received_on"),
            starts=days.get("measure.starts"),
            ends_planned=days.get("measure.ends_planned"),
        )
        require(measure_problems(measure, (), self._today), "measure.")
        return (measure,)


def _of(part: P | None, person: UUID) -> P | None:
    return replace(part, person_id=person) if part is not None else None


def _separated(first_names: str) -> str:
    """« Marie Anne » stays one name: only what the list separates is separated."""
    return ", ".join(part for part in (one.strip() for one in first_names.replace(";", ",").split(",")) if part)


def _names(person: Person) -> set[str]:
    return {fold(name).replace(" ", "") for name in (person.birth_name, person.usual_name) if name}
