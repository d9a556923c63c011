"""What a partner may read of a dossier: values by field of the catalogue, and who lets each one leave.

Sources: code pénitentiaire, R. 240-6, 12° and 20°, R. 240-5, R. 623-11 (class A, each for its partners), D. 113-45 and
R. 123-5 for the rest, which leaves only with the person's agreement. What no partner may read has no value here at all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from spip_desktop.domain import dates
from spip_desktop.domain.marks import Mark
from spip_desktop.domain.measure import Custody, Measure, Milieu, SentenceSheet
from spip_desktop.domain.officer import the_referent
from spip_desktop.domain.person import Address, IdentityDocument, Person, PhoneState, Preparation
from spip_desktop.domain.text import NBSP, capitals

#: (list of resources/reference, code) → label; text that is no code of the list comes back as it is.
Label = Callable[[str, str], str]
Values = Mapping[str, tuple[str, ...]]
MOST_EXPERIENCES = 3
#: Without a name there is no sheet: the agreement to the whole sheet covers these where the law does not.
IDENTITY = frozenset({"civilite", "nom", "prenom"})
NEEDS_HELP_TO_READ = frozenset({"difficile", "non_lecteur"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalGround:
    """What the law lets some kinds of partner read, where it applies: in these milieux, at these ages (0: no limit)."""

    code: str
    legal: str
    recipients: frozenset[str]
    milieux: frozenset[str]
    fields: frozenset[str]
    from_age: int = 0
    under_age: int = 0

    def applies(self, milieu: Milieu | None, age: int | None) -> bool:
        """On a day, by the milieu and the age of that day; what is not known does not apply."""
        if milieu is None or milieu.value not in self.milieux:
            return False
        if not self.from_age and not self.under_age:
            return True
        return age is not None and self.from_age <= age and (not self.under_age or age < self.under_age)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What the sheet draws from, read once. `quartier` is already the category that a partner may see, or empty.

    `measures` are those that run, for the partners that the law or a judge names for them.
    """

    today: date
    person: Person
    milieu: Milieu | None = None
    home: Address | None = None
    documents: Sequence[IdentityDocument] = ()
    preparation: Preparation | None = None
    custody: Custody | None = None
    sentence: SentenceSheet | None = None
    release: Mark | None = None
    quartier: str = ""
    measures: Sequence[Measure] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetsOut:
    """What the law and the person let leave: `legal` for class A, the field codes of her or his ticks for the rest.

    `covered` are the codes that the agreement to the whole sheet covers (its signature is asked before handing over).
    """

    legal: bool
    ticked: frozenset[str]
    covered: frozenset[str]

    def allows(self, code: str, field_class: str) -> bool:
        """Whether the field may be printed; class C never."""
        if field_class == "C":
            return False
        if field_class == "A" and self.legal:
            return True
        return code in self.ticked or code in self.covered


def values(dossier: Dossier, typed: Mapping[str, str], label: Label) -> dict[str, tuple[str, ...]]:
    """Every value that a sheet could show, by field code; what is not noted is left out."""
    found = (
        _identity(dossier)
        | _calendar(dossier)
        | _contact(dossier, label)
        | _formalities(dossier, label)
        | _path(dossier, label)
        | _mandate(dossier, label)
        | _inside(dossier)
        | {code: (text,) for code, text in typed.items()}
    )
    stripped = {code: tuple(one.strip() for one in texts if one.strip()) for code, texts in found.items()}
    return {code: texts for code, texts in stripped.items() if texts}


def _identity(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    person = dossier.person
    return {
        "civilite": (person.title,),
        "nom": (capitals(person.family_name),),
        "prenom": (person.first_name,),
        "naissance": (dates.short(person.birth_date),),
    }


def _calendar(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    """Months, not days: a release moves, and a day would say more than is needed."""
    release = dossier.release.day if dossier.release else None
    leave = dossier.sentence.leave_possible if dossier.sentence else None
    ahead = release and release >= dossier.today
    return {
        "sortie_prevue": (dates.month_of(release) if release and ahead else "",),
        "permission_possible": (dates.month_of(leave) if leave and leave >= dossier.today else "",),
        "quartier_categorie": (lowered(dossier.quartier.removeprefix("Quartier ")),),
    }


def _contact(dossier: Dossier, label: Label) -> dict[str, tuple[str, ...]]:
    person = dossier.person
    return {
        "commune_sortie": (dossier.home.city if dossier.home else "",),
        "deja_connu": (_known(person, label),),
        "preference": (lowered(label("contact_preferences", person.contact_preference)),),
        "email_personne": (person.email,),
    }


def _known(person: Person, label: Label) -> str:
    """« oui, Orsanne » (practice.md: oui, où, non, ne sait pas)."""
    where = person.known_mission_locale_where.strip() if person.known_mission_locale == "oui" else ""
    return ", ".join(one for one in (lowered(label("yes_no_unknown", person.known_mission_locale)), where) if one)


def _formalities(dossier: Dossier, label: Label) -> dict[str, tuple[str, ...]]:
    person = dossier.person
    document = best_document(dossier.documents, dossier.today)
    rqth = lowered(label("rqth_statuses", person.rqth_status))
    if person.rqth_until and person.rqth_status == "oui":
        rqth = f"{rqth}, jusqu’au {dates.short(person.rqth_until)}"
    return {
        "piece_identite": (document_text(document, label) if document else "",),
        "piece_validite": (f"jusqu’au {dates.short(document.expires)}" if document and document.expires else "",),
        "autorise_travail": (lowered(label("yes_no_ongoing", person.allowed_to_work)),),
        "france_travail": (lowered(label("yes_no_ongoing", person.france_travail)),),
        "compte_bancaire": (lowered(label("yes_no_ongoing", person.bank_account)),),
        "rqth": (rqth,),
    }


def _path(dossier: Dossier, label: Label) -> dict[str, tuple[str, ...]]:
    person = dossier.person
    mobility = ", ".join(text for text in (lowered(person.driving_licence), person.mobility) if text)
    return {
        "niveau": (_level(person, label),),
        "dernier_diplome": (person.last_diploma,),
        "experiences": person.experience[:MOST_EXPERIENCES],
        "langues": (person.languages,),
        "permis_mobilite": (mobility,),
        "numerique": (person.digital,),
        "aide_lecture": ("oui" if person.literacy in NEEDS_HELP_TO_READ else "",),
        "ppaip": (_preparation(dossier.preparation, dossier.today),),
    }


def _mandate(dossier: Dossier, label: Label) -> dict[str, tuple[str, ...]]:
    """The measure that the partner is mandated for, by its name alone; the hours of a travail d'intérêt général."""
    hours = [one for one in dossier.measures if one.hours]
    ends = [one.ends_planned for one in dossier.measures if one.ends_planned]
    return {
        "mandat": tuple(label("measures", one.kind) for one in dossier.measures),
        "mandat_fin": (dates.short(max(ends)) if ends else "",),
        "heures": tuple(_hours(one) for one in hours),
    }


def _hours(measure: Measure) -> str:
    done = f", dont {measure.hours_done} faites" if measure.hours_done else ""
    return f"{measure.hours}{NBSP}heures{done}"


def _inside(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    """Where to find the person in the establishment: for its own agents only."""
    custody = dossier.custody
    if custody is None:
        return {}
    where = [f"bâtiment {custody.building}" if custody.building else "", custody.floor, custody.cell]
    return {"numero_ecrou": (custody.ecrou_number,), "batiment": (", ".join(one for one in where if one),)}


def _level(person: Person, label: Label) -> str:
    """« 3 : CAP, BEP » beside the word « Niveau »; a level nobody knows is not told."""
    if person.education_level in ("", "inconnu"):
        return ""
    return label("education_levels", person.education_level).removeprefix("Niveau ")


def _preparation(found: Preparation | None, today: date) -> str:
    """One that was carried through, and its days; how another stands is nobody else's."""
    if found is None or found.ends is None or not found.is_done(today):
        return ""
    start, end = found.starts, found.ends
    days = f"du {dates.short(start)} au {dates.short(end)}" if start else f"jusqu’au {dates.short(end)}"
    return f"Préparation (PPAIP) réalisée {days}."


def best_document(documents: Sequence[IdentityDocument], today: date) -> IdentityDocument | None:
    """The document to show: one still valid before one that is not, the latest end first."""
    shown = [one for one in documents if one.kind not in ("carte_vitale", "permis")]
    valid = [one for one in shown if document_is_valid(one, today)]
    return max(valid or shown, key=lambda one: (one.expires or date.min, one.id), default=None)


def document_is_valid(document: IdentityDocument, today: date) -> bool:
    return document.state in ("valide", "au_greffe") and (document.expires or date.max) >= today


def document_text(document: IdentityDocument, label: Label) -> str:
    kind = lowered(label("identity_documents", document.kind))
    if document.state in ("valide", "au_greffe"):
        return kind  # that it lies with the greffe would tell of the détention
    return f"{kind}, {lowered(label('identity_document_states', document.state))}"


def prefilled(dossier: Dossier, *, referent: str, later: str) -> dict[str, str]:
    """The fields typed on the sheet, filled from what the dossier knows; the officer changes them freely.

    `referent` is the word of domain.officer for the officer; `later` the mission locale that serves the residence.
    """
    person, inside = dossier.person, dossier.milieu is Milieu.CUSTODY
    phone = person.phone if person.phone_state is PhoneState.NUMBER else ""
    found = {
        "joindre_maintenant": f"par {the_referent(referent)}" if inside else phone,
        "joindre_apres": phone if inside else "",
        "ml_sortie": later if inside else "",
        "disponibilite": " ".join(person.availability.split()),
        "deja_engage": " ".join(person.engaged.split()),
    }
    return {code: text for code, text in found.items() if text}


def lowered(text: str) -> str:
    """A label inside a line: « Par téléphone » becomes « par téléphone »; acronyms and names keep their capitals."""
    second = text.partition(" ")[2].partition(" ")[0]
    named = second[:1].isupper() and not second.isupper()  # « France Travail », but « Pôle IPRO » is a common name
    return text if text[1:2].isupper() or named else text[:1].lower() + text[1:]


def birth_label(person: Person) -> str:
    return {"M": "Né le", "F": "Née le"}.get(person.sex, "Né(e) le")
