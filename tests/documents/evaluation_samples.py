"""Two invented versions of an evaluation side by side, and a trame d’entretien, for the reviewed papers."""

from datetime import date
from uuid import UUID

from spip_desktop.domain.evaluation import Evaluation, EvaluationKind, Evolution, Finding, FindingKind
from spip_desktop.domain.evaluation_changes import Answered, Comparison, changed_answers, changed_findings
from spip_desktop.domain.interview_guide import InterviewGuide, OwnPaper
from spip_desktop.forms.loader import shipped
from spip_desktop.forms.session import FormSession
from spip_desktop.services.interview_guide import guide_of, own_paper_of

PERSON = "Loïc PERRIN"
LABELS = {
    "entourage": "Entourage et fréquentations",
    "formation_emploi": "Formation et emploi",
    "loisirs": "Temps libre et activités",
    "situation_concrete": "Situation concrète",
}
_BEFORE = (
    "Dit qu’il n’a jamais aimé l’école. Chez Bruno, il a tenu huit mois à la plonge, jusqu’à la fermeture. "
    "Il n’a pas de diplôme et se dit manuel. Il a travaillé deux étés sur les marchés avec son oncle, sans contrat."
)
_NOW = (
    "Dit qu’il n’a jamais aimé l’école. Chez Bruno, il a tenu huit mois à la plonge, jusqu’à la fermeture. "
    "Il n’a pas de diplôme mais suit le module de cuisine depuis octobre. "
    "Il a travaillé deux étés sur les marchés avec son oncle."
)


def _evaluation(number: int, kind: EvaluationKind, day: date) -> Evaluation:
    return Evaluation(
        id=UUID(int=number), lineage=UUID(int=1), person_id=UUID(int=9), number=number, kind=kind, started_on=day,
        form_code="evaluation", form_version=1, frozen_on=day,
    )  # fmt: skip


def _finding(lineage: int, version: int, kind: FindingKind, words: str, **more: object) -> Finding:
    return Finding(
        id=UUID(int=100 * version + lineage), lineage=UUID(int=lineage), evaluation_id=UUID(int=version),
        person_id=UUID(int=9), step="formation_emploi", kind=kind, wording=words, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _note(words: str) -> Answered:
    return Answered(step="formation_emploi", code="note", label="Note libre", words=words, text=True)


def _housing(words: str) -> Answered:
    return Answered(
        step="situation_concrete", code="hebergement_sortie", label="Hébergement prévu à la sortie", words=words
    )


def compared() -> Comparison:
    before = [
        _finding(1, 1, FindingKind.NEED, "Trouver un métier", priority=2, priority_reason="après le logement"),
        _finding(2, 1, FindingKind.DYNAMIC_RISK, "Journées vides"),
        _finding(3, 1, FindingKind.PROTECTION, "A tenu huit mois à la plonge"),
    ]
    now = [
        _finding(1, 2, FindingKind.NEED, "Un métier de la cuisine", priority=1, priority_reason="module en cours"),
        _finding(2, 2, FindingKind.DYNAMIC_RISK, "Journées vides", evolution=Evolution.LIFTED),
        _finding(3, 2, FindingKind.PROTECTION, "A tenu huit mois à la plonge", evolution=Evolution.STABLE),
        _finding(4, 2, FindingKind.PROTECTION, "Le chef du module le recommande"),
    ]
    path = {UUID(int=1): ((2, Evolution.BETTER),), UUID(int=2): ((2, Evolution.LIFTED),)}
    return Comparison(
        before=_evaluation(1, EvaluationKind.INITIAL, date(2026, 5, 12)),
        now=_evaluation(2, EvaluationKind.ANNUAL, date(2026, 11, 20)),
        labels=LABELS,
        answers=changed_answers([_note(_BEFORE), _housing("Rien de prévu")], [_note(_NOW), _housing("Demande faite")]),
        findings=changed_findings(before, now, path),
        not_reviewed=("entourage", "loisirs"),
    )


def _session() -> FormSession:
    """A man under écrou, convicted, and the questions as shipped."""
    return FormSession(form=shipped("evaluation"), facts={"presumed_innocent": "non", "milieu": "MF"})


def guide() -> InterviewGuide:
    return guide_of(_session(), "3GSADQ", 1)


def own_view() -> OwnPaper:
    return own_paper_of(_session(), "3GSADQ")
