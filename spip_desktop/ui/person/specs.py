"""The forms of the dossier as data: identity and civil situation, then the lines around the person."""

from datetime import date

from spip_desktop.ui.binding import Bound, Group
from spip_desktop.ui.bound_fields import choice, day, line, lines, note, number, options, radio, words, yes_no

# -- the person ----------------------------------------------------------------------------------------------


def person_groups(today: date) -> tuple[Group, ...]:
    """The civil situation, in the order of an interview."""
    return (_identity(today), _reach(today), _family(today), _work(today))


def _identity(today: date) -> Group:
    return Group(
        "Identité",
        (
            radio("title", "Civilité", options("titles", today)),
            radio("sex", "Sexe à l’état civil", options("sexes", today)),
            line("birth_name", "Nom de naissance", required=True),
            line("usual_name", "Nom d’usage"),
            line("first_names", "Prénoms", help="Séparés par des virgules ; le premier est celui qui s’affiche."),
            words("aliases", "Alias"),
            day("birth_date", "Date de naissance"),
            line("birth_place", "Lieu de naissance"),
            line("birth_country", "Pays de naissance"),
            words("nationalities", "Nationalités"),
            line("appi_number", "Numéro APPI"),
        ),
    )


def _reach(today: date) -> Group:
    return Group(
        "Joindre la personne",
        (
            radio("phone_state", "Téléphone", options("phone_states", today), half=False),
            line("phone", "Numéro de téléphone"),
            yes_no("sms_agreed", "Accepte les SMS"),
            line("email", "Courriel"),
            choice("contact_preference", "Préfère être joint(e)", options("contact_preferences", today)),
        ),
    )


def _family(today: date) -> Group:
    return Group(
        "Situation personnelle",
        (
            choice("marital_status", "Situation familiale", options("marital_statuses", today)),
            number("children_count", "Nombre d’enfants"),
            choice("legal_protection", "Protection juridique", options("legal_protections", today)),
            line("protector_name", "Nom du protecteur"),
            choice("literacy", "Lit et écrit le français", options("literacy", today)),
            line("languages", "Langues parlées"),
            yes_no("interpreter_needed", "Interprète nécessaire"),
            note("resources", "Ressources et charges"),
            note("allowances", "Prestations"),
            radio("bank_account", "Compte bancaire", options("yes_no", today)),
        ),
    )


def _work(today: date) -> Group:
    return Group(
        "Formation et emploi",
        (
            choice("education_level", "Niveau de formation", options("education_levels", today)),
            line("last_diploma", "Dernier diplôme"),
            choice("job_status", "Situation d’emploi", options("job_statuses", today)),
            radio("france_travail", "Inscription à France Travail", options("yes_no", today)),
            lines("experience", "Expériences", help="Une par ligne : métier, durée."),
            radio("allowed_to_work", "Autorisé(e) à travailler", options("yes_no_ongoing", today), half=False),
            radio("known_mission_locale", "Déjà connu(e) d’une mission locale", options("yes_no_unknown", today)),
            line("known_mission_locale_where", "Laquelle, ou dans quelle ville"),
            line("driving_licence", "Permis"),
            line("mobility", "Mobilité"),
            line("digital", "Usage du numérique"),
            radio(
                "rqth_status",
                "RQTH",
                options("rqth_statuses", today),
                half=False,
                help="La reconnaissance seule, jamais le handicap.",
            ),
            day("rqth_until", "RQTH jusqu’au"),
            note("availability", "Disponibilité", help="Jours, temps plein ou partiel, à partir de quand."),
            note("engaged", "Déjà engagé", help="France Travail, formation, pôle IPRO."),
        ),
    )


# -- around the person ---------------------------------------------------------------------------------------


def address_fields(today: date) -> tuple[Bound, ...]:
    return (
        choice("kind", "Nature", options("address_kinds", today)),
        line("host_name", "Chez (hébergeant)"),
        line("line", "Numéro et voie", half=False),
        line("complement", "Complément", half=False),
        line("postal_code", "Code postal"),
        line("city", "Commune"),
        day("starts", "Depuis le"),
        day("ends", "Jusqu’au"),
        yes_no("proven", "Justificatif vu", always=True),
    )


def document_fields(today: date) -> tuple[Bound, ...]:
    return (
        choice("kind", "Pièce", options("identity_documents", today)),
        choice("state", "État", options("identity_document_states", today)),
        line("number", "Numéro"),
        day("issued", "Délivrée le"),
        day("expires", "Fin de validité"),
    )


def preparation_fields(today: date) -> tuple[Bound, ...]:
    return (
        choice("state", "Où elle en est", options("preparation_states", today)),
        line("place", "Où, avec qui"),
        day("starts", "Du"),
        day("ends", "Au"),
        note("result", "Résultat", help="Ce qu’elle a donné, en clair. Aucun partenaire ne le lit."),
    )


def contact_fields(today: date) -> tuple[Bound, ...]:
    return (
        choice("kind", "Qui", options("contact_kinds", today), help="D’un médecin coordonnateur, seule l’existence."),
        line("name", "Nom"),
        line("relation", "Lien ou cabinet"),
        line("phone", "Téléphone"),
        line("email", "Courriel"),
        line("address", "Adresse"),
        note("note", "À savoir"),
    )
