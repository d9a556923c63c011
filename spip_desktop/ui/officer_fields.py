"""The fields of the service and of an officer: at the first start, then in « Réglages »."""

from typing import Any

from spip_desktop.domain.officer import SignsAs
from spip_desktop.ui.fields import FieldKind, FieldSpec

_MILIEUX = (("mixte", "Mixte"), ("MO", "Milieu ouvert"), ("MF", "Milieu fermé"))
_SIGNS = (
    (SignsAs.NAME.value, "Par mon nom"),
    (SignsAs.NUMBER.value, "Par mon numéro (autorisation écrite, L.\u00a0113-3-1)"),
)


def _half(code: str, label: str, kind: FieldKind = FieldKind.LINE, **more: Any) -> FieldSpec:
    return FieldSpec(code, label, kind, width="half", **more)


SERVICE = (
    _half("service.name", "Service", required=True, max_length=60, help="Par exemple\u00a0: SPIP de l’Orsanne"),
    _half("service.branch", "Antenne", required=True, max_length=60, help="Par exemple\u00a0: antenne de Valbrune"),
    _half("service.branch_kind", "Type d’antenne", FieldKind.CHOICE, options=_MILIEUX),
    _half("service.address", "Adresse", max_length=80),
    _half("service.postal_code", "Code postal", max_length=5),
    _half("service.city", "Commune", max_length=60),
    _half("service.phone", "Téléphone", max_length=20),
    _half("service.email", "Courriel", max_length=80),
    FieldSpec(
        "service.neutral_name",
        "Nom neutre, pour les fiches du milieu ouvert",
        max_length=60,
        help="Sans «\u00a0SPIP\u00a0», «\u00a0justice\u00a0» ni «\u00a0pénitentiaire\u00a0».",
    ),
)


def officer_specs(functions: tuple[tuple[str, str], ...]) -> tuple[FieldSpec, ...]:
    """The fields of an officer; `functions` are the codes and labels of the reference list."""
    return (
        FieldSpec(
            "identifier", "Identifiant d’agent", required=True, max_length=40, help="Choisi par vous, jamais un nom."
        ),
        _half("family_name", "Nom", required=True, max_length=80),
        _half("first_name", "Prénom", required=True, max_length=80),
        _half("title", "Civilité", FieldKind.CHOICE, options=(("Madame", "Madame"), ("Monsieur", "Monsieur"))),
        _half("milieu", "Milieu", FieldKind.CHOICE, options=_MILIEUX),
        FieldSpec("function", "Fonction", FieldKind.CHOICE, options=functions, required=True),
        _half("quotity", "Quotité, en %", FieldKind.INTEGER),
        _half("phone", "Ligne directe", max_length=20),
        _half("email", "Courriel", max_length=80),
        _half("administrative_number", "Numéro d’immatriculation administrative", max_length=30),
        FieldSpec("signs_as", "Vous signez", FieldKind.RADIO, options=_SIGNS),
        _half("number_authorised_from", "Autorisation, du", FieldKind.DATE),
        _half("number_authorised_until", "au", FieldKind.DATE),
    )
