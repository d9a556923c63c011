"""What the lines of « Chronologie » say: the kinds, and the dated facts of each paper."""

from spip_desktop.domain import dates
from spip_desktop.domain.board_review import EventCode as BoardEvent
from spip_desktop.domain.pacep_states import EventCode as PlanEvent
from spip_desktop.domain.text import french_spaces
from spip_desktop.domain.timeline import TimelineFilter, TimelineKind
from spip_desktop.domain.todo import Answer, Outcome

TITLE = "Chronologie"
KINDS = {
    TimelineKind.INTERVIEW: "Entretiens",
    TimelineKind.APPOINTMENT: "Rendez-vous",
    TimelineKind.EVALUATION: "Évaluations",
    TimelineKind.PACEP: "PACEP",
    TimelineKind.PRESCRIPTION: "Prescriptions",
    TimelineKind.OBLIGATION: "Obligations",
    TimelineKind.COMMISSION: "Commissions",
    TimelineKind.SITUATION: "Situation",
    TimelineKind.INCIDENT: "Manquements, incidents",
    TimelineKind.FOLLOW_UP: "Suivi",
}
#: The columns of the page and of the paper: head, share of the width.
COLUMNS = (("Le", 1.2), ("Quoi", 1.5), ("Ce qui s’est passé", 5.5))
EMPTY = "Rien n’est encore daté dans ce dossier. Un entretien, une évaluation, un écrou apparaîtront ici."
NOTHING_FOUND = "Aucune ligne ne répond à ce choix."
NOTHING_ADVICE = "Élargissez la période, changez le mot ou montrez tout."
UPSIDE_DOWN = french_spaces("La période finit avant de commencer : vérifiez les deux dates.")
SHOW_ALL = "Tout montrer"
CORRECTED = "corrigé depuis"

PLAN = {
    PlanEvent.SUBMITTED: "soumis à la personne",
    PlanEvent.AGREEMENT: "réponse de la personne",
    PlanEvent.VISA: "visé par le DPIP",
    PlanEvent.RETURNED: "retourné par le DPIP",
    PlanEvent.IN_FORCE: "en vigueur",
    PlanEvent.REPLACED: "remplacé",
    PlanEvent.PROGRESS: "avancement noté",
    PlanEvent.REMOVED: "ligne retirée",
    PlanEvent.TAKEN_BACK: "ligne remise",
    PlanEvent.SENT: "transmis au magistrat",
    PlanEvent.REVIEW_PUT_OFF: "revue reportée",
    PlanEvent.REVIEW_ADVANCED: "revue avancée",
}
BOARD = {
    BoardEvent.ISSUED: "avis établi",
    BoardEvent.DECISION: "décision recopiée de GENESIS",
    BoardEvent.SUBMITTED: "synthèse soumise au DPIP",
    BoardEvent.SEEN: "synthèse visée par le DPIP",
    BoardEvent.RETURNED: "synthèse retournée par le DPIP",
    BoardEvent.ACTION: "action demandée",
    BoardEvent.OUTCOME: "suite d’une décision",
}
OUTCOMES = {Answer.DONE: "Fait", Answer.PUT_OFF: "Reporté", Answer.NOT_ACTING: "Décision de ne pas agir"}
SHEET_ANSWER, SHEET_REMINDED = "réponse de la personne", "partenaire relancé"


def chosen(shown: TimelineFilter) -> str:
    """« Entretiens, rendez-vous, depuis le 01/11/2026, « code » »: what a choice keeps; empty when it keeps all."""
    kinds = ", ".join(said for kind, said in KINDS.items() if kind in shown.kinds)
    since = f"depuis le {dates.short(shown.since)}" if shown.since else ""
    until = f"jusqu’au {dates.short(shown.until)}" if shown.until else ""
    words = f"« {shown.words.strip()} »" if shown.words.strip() else ""
    return french_spaces(", ".join(part for part in (kinds, since, until, words) if part))


def part_of(shown: TimelineFilter, count: int, of: int) -> str:
    """What a paper that holds a part of the lines says of it."""
    return french_spaces(f"Extrait, {count} sur {of} : {chosen(shown)}.")


_UNTIL = {Answer.PUT_OFF: "au", Answer.NOT_ACTING: "à réexaminer le"}


def outcome(written: Outcome, who: str) -> str:
    """« Reporté au 01/12/2026 par Claire Vasseur, vu avec elle. », « Fait le 20/11/2026, noté par … »."""
    said = OUTCOMES[written.answer]
    if written.answer is Answer.DONE:
        day = f" le {dates.short(written.done_on)}" if written.done_on else ""
        return ", ".join(part for part in (f"{said}{day}", f"noté par {who}", written.reason) if part)
    comma = "," if written.answer is Answer.NOT_ACTING else ""
    day = f"{comma} {_UNTIL[written.answer]} {dates.short(written.until)}" if written.until else ""
    return ", ".join(part for part in (f"{said}{day}", f"par {who}", written.reason) if part)
