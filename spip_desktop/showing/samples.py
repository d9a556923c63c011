"""One paper of each kind, with invented words: what the self-test prints."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from spip_desktop.domain.board_paper import CpiSynthesis, CpuAdvice, Lines
from spip_desktop.domain.plan_content import (
    CopyKept,
    CopyStep,
    PersonCopy,
    PlanAction,
    PlanAxis,
    PlanContent,
    PlanObjective,
)
from spip_desktop.domain.retention import Certificate, ErasedLine
from spip_desktop.domain.sheet import (
    Answer,
    AnswerKind,
    AnswerPart,
    Ask,
    Letterhead,
    SheetBlock,
    SheetContent,
    SheetField,
    SheetReturn,
)

WORDS = "Nguyễn Văn Đức, œuvre à l’Île-d’Aix"
"""Signs of the house font and of the fallback one."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A paper, and words that must be read on it."""

    name: str
    render: Callable[[], bytes]
    words: tuple[str, ...]


def samples(day: date) -> tuple[Sample, ...]:
    """Every kind of paper but the recovery sheet, which is that of a real store."""
    from spip_desktop.documents import cpi_synthesis, cpu_advice, erasure, listing, pacep, prescription

    return (
        Sample(
            "fiche de prescription, projet",
            lambda: prescription.render(_sheet(), issued=day, number="", code="", draft=True, demo=False),
            ("PROJET", WORDS),
        ),
        Sample(
            "fiche de prescription",
            lambda: prescription.render(
                _sheet(), issued=day, number="7K3M9QXD", code="F7K3QX", draft=False, demo=False
            ),
            (WORDS, "Retour de la mission locale"),
        ),
        Sample(
            "PACEP, projet",
            lambda: pacep.render_plan(_plan(), day=day, to_sign=False, demo=False),
            ("PROJET", WORDS),
        ),
        Sample("PACEP à signer", lambda: pacep.render_plan(_plan(), day=day, to_sign=True, demo=False), (WORDS,)),
        Sample(
            "exemplaire de la personne",
            lambda: pacep.render_person_copy(_copy(), day=day, draft=False, demo=False),
            ("Ce que nous avons retenu ensemble", WORDS),
        ),
        Sample(
            "avis pour la CPU",
            lambda: cpu_advice.render(_advice(), day=day, draft=False, demo=False)[0],
            ("Évaluation non commencée", WORDS),
        ),
        Sample(
            "synthèse de la CPI",
            lambda: cpi_synthesis.render(_synthesis(), day=day, draft=False, demo=False)[0],
            ("Points de vue par profession", WORDS),
        ),
        Sample(
            "certificat d’effacement",
            lambda: erasure.render(_certificate(day), demo=False),
            ("Certificat d’effacement", WORDS),
        ),
        Sample(
            "liste",
            lambda: listing.render("Liste", [listing.Column("Nom")], [(WORDS,)], day=day, demo=False),
            (WORDS, "1 ligne"),
        ),
    )


def _advice() -> CpuAdvice:
    return CpuAdvice(
        person=WORDS,
        held="mardi 1er décembre 2026",
        custody="maison d’arrêt, écrou 12345",
        theme="Activités",
        service="SPIP",
        prepared_by="n° 240117",
        known=("Évaluation non commencée", "PACEP non commencé"),
        situation="Présent à chaque entretien.",
        advice="Favorable au sport.",
        person_view="",
        informed="oui",
    )


def _synthesis() -> CpiSynthesis:
    return CpiSynthesis(
        person=WORDS,
        held="vendredi 20 novembre 2026",
        frame="Titre de détention, condamné",
        theme="Préparer la sortie",
        chair="n° 231904",
        members=("n° 231904, DPIP",),
        service="SPIP",
        prepared_by="n° 240117",
        version=1,
        known=("Évaluation non commencée",),
        situation="",
        analysis=(Lines("Facteurs de protection", ("Lien régulier avec sa mère",)),),
        voices=(("Unité sanitaire", "Sport\u00a0: compatible"),),
        person_view="",
        advice="Tenir le projet.",
        decisions=(("Écrire à la mission locale", "n° 240117", "22/12/2026"),),
        informed="oui",
    )


def _certificate(day: date) -> Certificate:
    line = ErasedLine(
        number="01a20359-de58-735c-b5ca-f5b644e22e01",
        scope="Tout le dossier",
        rule="Cinq ans après la fin de la peine ou de la mesure",
        source="code pénitentiaire, art. R. 113-52",
        ended_on=day,
        due_on=day,
        counts="1 identité",
    )
    return Certificate(
        batch="01a20359-de58-735c-b5ca-f5b644e22e99",
        decided_on=day,
        decided_by="n° 240117",
        service="SPIP",
        reason=WORDS,
        lines=(line,),
    )


def _sheet() -> SheetContent:
    return SheetContent(
        code="mission_locale",
        title="Fiche de prescription",
        sender=Letterhead(heading="De la part de", name="SPIP", lines=("Ligne directe",)),
        recipient=Letterhead(heading="À l’attention de", name="Mission locale"),
        asks=(Ask(code="diagnostic", label="Diagnostic", ticked=True), Ask(code="droits", label="Accès aux droits")),
        objective="Reprendre en cuisine.",
        not_asked="Ce qui ne vous est pas demandé\u00a0: un avis sur la santé.",
        blocks=(
            SheetBlock(
                code="person",
                title="La personne",
                left=(SheetField(code="name", label="Nom", values=(WORDS,)),),
                right=(SheetField(code="prefers", label="Préfère", values=("le téléphone",)),),
            ),
        ),
        agreement="J’accepte que ces informations, et elles seules, soient transmises.",
        foot="Réservé au destinataire.",
        answer=SheetReturn(
            title="Retour de la mission locale",
            parts=(
                AnswerPart(
                    title="Suite",
                    answers=(
                        Answer(kind=AnswerKind.CHOICES, labels=("commencé", "motif"), written=("motif",)),
                        Answer(kind=AnswerKind.LINES, count=2),
                    ),
                ),
            ),
        ),
    )


def _plan() -> PlanContent:
    action = PlanAction(label="Écrire à la mission locale", who="le service", due="22/12/2026", state="À engager")
    objective = PlanObjective(number="1.1", words="Avoir un métier", seen_by="contrat signé", actions=(action,))
    return PlanContent(
        person=WORDS,
        frame="Titre de détention, condamné",
        service="SPIP",
        prepared_by="n° 240117",
        version=1,
        level="Régulier",
        level_reason="Projet qui se précise.",
        axes=(PlanAxis(title="Axe 1. Travailler", need="se qualifier", objectives=(objective,)),),
    )


def _copy() -> PersonCopy:
    return PersonCopy(
        person=WORDS,
        day="vendredi 20 novembre 2026",
        version=1,
        what_matters=("Avoir un métier.",),
        strengths="Vous avez tenu huit mois dans un emploi.",
        steps=(CopyStep(objective="Reprendre en cuisine.", you="Je prépare mon CV.", we="Nous écrivons.", by="juin"),),
        next_meeting="Le jeudi 26 novembre 2026.",
        kept=CopyKept.CELL,
    )
