"""The forms of a partner as data: the structure, its services, their contacts."""

from datetime import date

from spip_desktop import reference
from spip_desktop.domain import dates
from spip_desktop.domain.partner import PartnerContact, PartnerConvention, PartnerService, postal_codes_of
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.binding import Bound, Group, joined
from spip_desktop.ui.bound_fields import choice, day, line, note, yes_no
from spip_desktop.ui.fields import FieldKind, FieldSpec


def structure_groups(today: date) -> tuple[Group, ...]:
    """The structure itself."""
    return (
        Group(
            "Structure",
            (
                line("name", "Nom", half=False, required=True),
                choice("nature", "Nature", reference.load("partner_natures").options(today)),
                line("siret", "SIRET", help="Quatorze chiffres."),
                line("address", "Adresse"),
                line("complement", "Complément"),
                line("postal_code", "Code postal"),
                line("city", "Ville"),
                line("phone", "Téléphone"),
                line("email", "Courriel"),
                note("note", "Note interne", help="Aucun papier ne la reprend."),
                day("starts", "Proposé à partir du", help="Vide s’il l’a toujours été."),
                day("ends", "Jusqu’au", help="Les fiches déjà faites gardent son nom."),
                yes_no("active", "Proposé dans les fiches", always=True),
            ),
        ),
    )


def service_fields(today: date) -> tuple[Bound, ...]:
    """One service: what it does, where it receives, whom it serves, its permanence in the prison."""
    codes = FieldSpec(
        "postal_codes",
        "Codes postaux desservis",
        FieldKind.NOTE,
        help="Séparés par des virgules. Ils disent quelle mission locale suit une personne à sa sortie.",
        lines=2,
    )
    return (
        line("name", "Nom du service", help="Vide si la structure n’en a qu’un."),
        choice("kind", "Type", reference.load("partner_kinds").options(today)),
        Bound(codes, joined, lambda value: postal_codes_of(str(value or ""))),
        line("address", "Adresse d’accueil, si elle diffère", half=False),
        line("postal_code", "Code postal"),
        line("city", "Ville"),
        line("phone", "Téléphone"),
        line("email", "Courriel"),
        yes_no("works_in_prison", "Tient une permanence en établissement", always=True),
        line("establishment", "Établissement", help=f"Écrit comme dans l’écrou{NBSP}: maison d’arrêt de Valbrune."),
        line("permanence", "Jours et heures de la permanence", half=False),
    )


def visible_service_fields(service: PartnerService, bounds: tuple[Bound, ...]) -> list[str]:
    """The prison and its hours are asked of those who go there."""
    inside = {"establishment", "permanence"}
    return [one.spec.code for one in bounds if service.works_in_prison or one.spec.code not in inside]


def convention_fields() -> tuple[Bound, ...]:
    return (
        line("reference", "Numéro ou intitulé"),
        line("funder", "Financeur"),
        line("purpose", "Objet", half=False),
        day("starts", "Du"),
        day("ends", "Au", help="Vide si elle se reconduit d’elle-même."),
    )


def describe_convention(convention: PartnerConvention, today: date) -> tuple[str, str]:
    """« Convention départementale », « Permanence, financée par la DISP, du 12/01/2025 au 14/01/2027 »."""
    ends = f"jusqu’au {dates.short(convention.ends)}" if convention.ends else ""
    if convention.ends and convention.ends < today:
        ends = f"terminée depuis le {dates.short(convention.ends)}"
    starts = f"depuis le {dates.short(convention.starts)}" if convention.starts else ""
    funder = f"financeur{NBSP}: {convention.funder}" if convention.funder else ""
    said = ", ".join(
        part for part in (convention.purpose if convention.reference else "", funder, starts, ends) if part
    )
    return convention.reference or convention.purpose or "Convention à décrire", said


def contact_fields() -> tuple[Bound, ...]:
    return (
        line("name", "Nom"),
        line("function", "Fonction"),
        line("phone", "Téléphone"),
        line("email", "Courriel"),
    )


def describe_service(service: PartnerService) -> tuple[str, str]:
    """« Accueil », « Mission locale, permanence à la maison d’arrêt, 2 codes postaux »."""
    kind = reference.load("partner_kinds").label(service.kind)
    parts = [kind] if service.name else []
    if service.works_in_prison:
        where = f", {service.establishment}" if service.establishment else ""
        parts.append(f"permanence en établissement{where}")
    if service.permanence:
        parts.append(service.permanence)
    parts.append(_served(len(service.postal_codes)))
    return service.name or kind, ", ".join(parts)


def describe_contact(contact: PartnerContact) -> tuple[str, str]:
    return contact.name or "Contact à nommer", ", ".join(
        one for one in (contact.function, contact.phone, contact.email) if one
    )


def _served(count: int) -> str:
    if not count:
        return "codes postaux à noter"
    return "1 code postal" if count == 1 else f"{count} codes postaux"
