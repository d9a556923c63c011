"""The forms of the penal situation as data."""

from datetime import date

from spip_desktop.domain.text import NBSP
from spip_desktop.services.catalogue import Catalogue
from spip_desktop.ui.binding import Bound, count
from spip_desktop.ui.bound_fields import INTERNAL, choice, day, line, note, number, options, yes_no
from spip_desktop.ui.fields import FieldKind, FieldSpec

RECIDIVISM_NONE = ("", "Aucune")


def custody_fields(today: date) -> tuple[Bound, ...]:
    return (
        line("establishment", "Établissement"),
        choice("penal_category", "Catégorie pénale", options("penal_categories", today)),
        line("ecrou_number", "Numéro d’écrou"),
        line("first_ecrou_number", "Numéro d’écrou initial"),
        day("starts", "Écrou le", help="Date du greffe."),
        choice("title_type", "Titre de détention", options("title_types", today)),
        line("quartier", "Quartier"),
        yes_no("hosted", "Hébergé(e) en détention", always=True),
        line("building", "Bâtiment", help=INTERNAL),
        line("floor", "Étage", help="Interne."),
        line("cell", "Cellule", help="Interne."),
        day("release_target_on", "Date visée", help="Projet d’aménagement, non acquise."),
        day("ends", "Levée d’écrou le"),
        choice("end_reason", "Motif de la levée", options("custody_end_reasons", today)),
    )


def sheet_fields(today: date) -> tuple[Bound, ...]:
    return (
        day("as_of", "Fiche pénale du", required=True),
        yes_no("may_change", "Situation susceptible d’évoluer", always=True),
        day("sentence_start", "Début de peine"),
        day("end_official", "Fin de peine", help="Celle du greffe : le logiciel ne la calcule jamais."),
        _count("provisional_days", "Détention provisoire, en jours"),
        _count("remission_days", "Réductions de peine, en jours"),
        _count("remission_withdrawn_days", "Retraits, en jours"),
        day("surety_until", "Période de sûreté jusqu’au"),
        day("leave_possible", "Permission possible dès le"),
        day("commission_on", "Commission (CAP) le"),
        day("lsc_on", "Libération sous contrainte le"),
        day("adjustment_decided_for", "Aménagement décidé pour le"),
    )


def sheet_line_fields(today: date) -> tuple[Bound, ...]:
    return (
        line("label", "Condamnation", help="Juridiction et date, comme sur la fiche.", required=True),
        choice("state", "État", options("sentence_line_states", today)),
        _count("quantum_years", "Années"),
        _count("quantum_months", "Mois"),
        _count("quantum_days", "Jours"),
        line("regime", "Régime"),
        note("note", "Remarque"),
    )


def basis_fields(today: date) -> tuple[Bound, ...]:
    return (
        choice("kind", "Nature", options("basis_kinds", today), half=False),
        choice("authority", "Autorité", options("authorities", today)),
        line("court", "Juridiction"),
        line("magistrate", "Magistrat"),
        line("reference", "Référence"),
        day("decided_on", "Décision du"),
        day("received_on", "Reçue le"),
        choice("title_type", "Titre de détention", options("title_types", today)),
        day("ends", "Fin le"),
    )


def measure_fields(today: date, catalogue: Catalogue, keep: str) -> tuple[Bound, ...]:
    """Every field; the page shows those that the kind of measure calls for."""
    recidivism = (RECIDIVISM_NONE, *options("recidivism", today))
    return (
        choice("kind", "Mesure", catalogue.measures(today, keep), half=False),
        choice("status", "État", options("measure_statuses", today)),
        line("service_in_charge", "Service chargé"),
        day("decision_on", "Décision du"),
        day("definitive_on", "Définitive le"),
        day("referral_on", "Saisine du service le"),
        day("notified_on", "Notifiée le"),
        day("starts", "Début"),
        day("ends_planned", "Fin prévue"),
        number("probation_months", "Délai de probation, en mois", help=f"De 12 à 36{NBSP}; plus en récidive légale."),
        choice("recidivism", "Récidive légale", recidivism),
        number("hours", "Heures prononcées"),
        number("hours_done", "Heures faites"),
        choice("stage_kind", "Stage", options("stage_kinds", today), half=False),
        number("duration_days", "Durée, en jours"),
        yes_no("provisional_enforcement", "Exécution provisoire", always=True),
        yes_no("victim_contact_ban", "Interdiction de contact avec la victime", always=True),
        line("parquet_number", "Numéro de parquet"),
        line("offence_label", "Infraction", help=INTERNAL),
        day("ended_on", "Finie le"),
        choice("end_reason", "Motif de la fin", options("measure_end_reasons", today)),
    )


#: The fields that only some kinds of measure have; every other field is shown for all.
ONLY_FOR: dict[str, frozenset[str]] = {
    "probation_months": frozenset({"SP", "SPR", "SME"}),
    "recidivism": frozenset({"SP", "SPR", "SME"}),
    "hours": frozenset({"TIG", "TNR", "STIG"}),
    "hours_done": frozenset({"TIG", "TNR", "STIG"}),
    "stage_kind": frozenset({"STAGE"}),
    "duration_days": frozenset({"DDSE-P", "STAGE"}),
}


#: Asked of any measure that carries the obligation to work (CP 132-45, 21°).
_WORK = "hours"


def measure_codes(kind: str, bounds: tuple[Bound, ...], *, works: bool = False) -> tuple[str, ...]:
    """The codes of the fields that a kind of measure calls for; `works`: hours of work were ordered with it."""
    codes = (bound.spec.code for bound in bounds)
    return tuple(code for code in codes if code not in ONLY_FOR or kind in ONLY_FOR[code] or (works and code == _WORK))


def obligation_fields(today: date) -> tuple[Bound, ...]:
    return (
        choice("status", "État", options("obligation_statuses", today)),
        line("imposed_by", "Imposée par"),
        note("precision", "Précision", help="Personnes ou lieux interdits, montant, modalités."),
        day("starts", "Depuis le"),
        day("ends", "Jusqu’au"),
        line("check_rhythm", "Vérifiée tous les"),
        day("next_check", "Prochaine vérification"),
    )


def _count(code: str, label: str) -> Bound:
    return Bound(FieldSpec(code, label, FieldKind.INTEGER, width="half"), _blank_zero, count)


def _blank_zero(value: object) -> object:
    return value or None
