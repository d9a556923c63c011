"""Partners from the rows of a spreadsheet: which column gives what, one row a service, why a row is not taken."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from spip_desktop.domain.partner import (
    Partner,
    PartnerContact,
    PartnerNature,
    PartnerService,
    contact_problems,
    normalised_siret,
    partner_problems,
    postal_codes_of,
    service_problems,
)
from spip_desktop.domain.sheet_columns import Guesses, Lists, Rejected, RowRefused, coded, require, texts_of
from spip_desktop.domain.text import fold

#: What a column may give, and the folded heads by which it is recognised; the officer may choose otherwise.
GUESSES: Guesses = {
    "name": ("nom", "structure", "nom de la structure", "partenaire", "organisme"),
    "kind": ("type", "type de partenaire", "categorie"),
    "nature": ("nature",),
    "siret": ("siret",),
    "address": ("adresse", "rue"),
    "postal_code": ("code postal", "cp"),
    "city": ("ville", "commune"),
    "phone": ("telephone", "tel", "telephone de la structure"),
    "email": ("courriel", "mail", "e mail", "email", "adresse mail"),
    "note": ("note", "remarque", "observations", "commentaire"),
    "service.name": ("service", "nom du service"),
    "service.postal_codes": ("codes postaux desservis", "secteur", "zone"),
    "service.establishment": ("etablissement", "etablissement penitentiaire"),
    "service.permanence": ("permanence", "jours de permanence"),
    "contact.name": ("contact", "referent", "interlocuteur", "nom du contact"),
    "contact.function": ("fonction", "fonction du contact"),
    "contact.phone": ("telephone du contact", "ligne directe"),
    "contact.email": ("courriel du contact", "mail du contact"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """What the words of a cell mean: kinds, natures, and the usual nature of each kind."""

    kinds: Lists
    natures: Lists
    nature_of: Mapping[str, str]


@dataclass(slots=True)
class SheetPreview:
    """What the rows would add. Nothing is written yet."""

    partners: list[Partner] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    services: int = 0
    contacts: int = 0


def read_rows(
    rows: Sequence[Sequence[str]],
    columns: Mapping[int, str],
    words: SheetWords,
    known: Collection[tuple[str, str]],
    new_id: Callable[[], UUID],
) -> SheetPreview:
    """The partners of the rows; rows of one structure (name and town) are its services.

    `known` are the structures that are there (folded name and town): they are never written over. The first row of
    the file is that of the heads: `rows` begin after it, at line 2.
    """
    preview = SheetPreview()
    made: dict[tuple[str, str], int] = {}
    for line, row in enumerate(rows, 2):
        texts = texts_of(row, columns)
        name = texts.get("name", "")
        key = key_of(name, texts.get("city", ""))
        try:
            if key in known:
                raise RowRefused("already_there", "name")
            _add(preview, made, key, texts, words, new_id)
        except RowRefused as wrong:
            preview.rejected.append(Rejected(line, name[:80], wrong.reason, wrong.field))
    return preview


def key_of(name: str, city: str) -> tuple[str, str]:
    """By what one structure is told from another."""
    return fold(name), fold(city)


def _add(
    preview: SheetPreview,
    made: dict[tuple[str, str], int],
    key: tuple[str, str],
    texts: Mapping[str, str],
    words: SheetWords,
    new_id: Callable[[], UUID],
) -> None:
    kind = coded(texts.get("kind", ""), words.kinds, "unknown_kind", "kind") or "autre"
    nature = coded(texts.get("nature", ""), words.natures, "unknown_nature", "nature") or words.nature_of[kind]
    service = _service(texts, kind, new_id)
    if key in made:
        partner = preview.partners[made[key]]
        preview.partners[made[key]] = replace(partner, services=(*partner.services, service))
    else:
        partner = Partner(
            id=new_id(),
            nature=PartnerNature(nature),
            services=(service,),
            name=texts.get("name", ""),
            address=texts.get("address", ""),
            postal_code=texts.get("postal_code", ""),
            city=texts.get("city", ""),
            phone=texts.get("phone", ""),
            email=texts.get("email", ""),
            note=texts.get("note", ""),
            siret=normalised_siret(texts.get("siret", "")),
        )
        require(partner_problems(partner))
        made[key] = len(preview.partners)
        preview.partners.append(partner)
    preview.services += 1
    preview.contacts += len(service.contacts)


def _service(texts: Mapping[str, str], kind: str, new_id: Callable[[], UUID]) -> PartnerService:
    given = {code.partition(".")[2]: text for code, text in texts.items() if code.startswith("contact.") and text}
    contacts = (PartnerContact(id=new_id(), **given),) if given else ()
    for contact in contacts:
        require(contact_problems(contact), "contact.")
    establishment = texts.get("service.establishment", "")
    service = PartnerService(
        id=new_id(),
        name=texts.get("service.name", ""),
        kind=kind,
        postal_codes=postal_codes_of(texts.get("service.postal_codes", "")),
        works_in_prison=bool(establishment),
        establishment=establishment,
        permanence=texts.get("service.permanence", ""),
        contacts=contacts,
    )
    require(service_problems(service), "service.")
    return service
