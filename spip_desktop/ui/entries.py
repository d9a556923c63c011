"""The entries of the rail, and which of them an officer sees."""

from collections.abc import Collection

from spip_desktop.domain.officer import Actor, Right
from spip_desktop.ui.rail import RailEntry

ENTRIES = (
    RailEntry("todo", "À traiter", "list"),
    RailEntry("persons", "Personnes", "people", also=("persons.import", "persons.duplicates")),
    RailEntry(
        "person.synthese",
        "Synthèse",
        where="section",
        also=("person.movement", "person.dossier", "person.access", "person.handover"),
    ),
    RailEntry("person.situation", "Situation", where="section"),
    RailEntry("person.appointments", "Rendez-vous", where="section"),
    RailEntry("person.interviews", "Entretiens", where="section", also=("interview",)),
    RailEntry("person.evaluation", "Évaluation", where="section"),
    RailEntry("person.pacep", "PACEP", where="section", also=("person.pacep_chain",)),
    RailEntry(
        "person.prescriptions", "Prescriptions", where="section", also=("prescription", "person.prescription_new")
    ),
    RailEntry("person.obligations", "Obligations", where="section"),
    RailEntry("person.incidents", "Incidents", where="section"),
    RailEntry("person.commissions", "Commissions", where="section", also=("commission",)),
    RailEntry("person.timeline", "Chronologie", where="section", also=("person.carrying",)),
    RailEntry("caseload", "Mon tableau", "book"),
    RailEntry("agenda", "Agenda", "calendar", also=("agenda.batch", "agenda.outcomes", "agenda.setup")),
    RailEntry("arrivals", "Arrivants", "group"),
    RailEntry("requests", "Demandes reçues", "mail"),
    RailEntry("commissions", "Commissions", "scales"),
    RailEntry("prescriptions", "Prescriptions", "document", also=("prescriptions.silent", "prescriptions.batches")),
    RailEntry(
        "partners",
        "Partenaires",
        "buildings",
        also=("partner", "partners.public", "partners.import", "partners.figures", "partners.sheet", "partners.needs"),
    ),
    RailEntry("workload", "Charge de travail", "chart"),
    RailEntry("carrying", "À reporter", "copy"),
    RailEntry(
        "transfers",
        "Transferts",
        "arrows",
        also=(
            *("transfers.prepare", "transfers.package", "transfers.receive", "transfers.contacts"),
            *("transfers.conflicts", "transfers.received"),
        ),
    ),
    RailEntry(
        "settings",
        "Réglages",
        "sliders",
        where="bottom",
        also=("journal", "retention", "confidences.sealed", "sheets", "forms", "deadlines", "carrying.setup"),
    ),
)
#: What an entry shows asks for this right, or for one of these; one that is not here is for everybody.
_READ: dict[str, Right | tuple[Right, ...]] = {
    "todo": Right.READ_PERSON,
    "persons": Right.READ_PERSON,
    "person.synthese": Right.READ_PERSON,
    "person.situation": Right.READ_PERSON,
    "person.interviews": Right.READ_INTERVIEW,
    "person.timeline": Right.READ_PERSON,
    "person.appointments": Right.READ_PERSON,
    "agenda": Right.READ_PERSON,
    "person.evaluation": Right.READ_EVALUATION,
    "person.pacep": Right.READ_PACEP,
    "person.prescriptions": Right.READ_PRESCRIPTION,
    "person.obligations": Right.READ_PERSON,
    "person.commissions": (Right.READ_EVALUATION, Right.CONTRIBUTE),
    "person.incidents": Right.READ_INCIDENT,
    "caseload": Right.READ_PERSON,
    "requests": Right.TAKE_REQUEST,
    "arrivals": Right.WRITE_PERSON,
    "commissions": Right.READ_EVALUATION,
    "prescriptions": Right.READ_PRESCRIPTION,
    "partners": Right.READ_PARTNER,
    "carrying": Right.READ_PERSON,
    "transfers": Right.TRANSFER,
    "workload": Right.READ_PACEP,
}


def entries(kinds: Collection[str], actor: Actor) -> list[RailEntry]:
    """The entries of the rail whose page works, and that the officer's roles let them read."""
    return [one for one in ENTRIES if one.kind in kinds and _may_read(one.kind, actor)]


def _may_read(kind: str, actor: Actor) -> bool:
    asked = _READ.get(kind, ())
    rights = asked if isinstance(asked, tuple) else (asked,)
    return not rights or any(actor.may(one) for one in rights)
