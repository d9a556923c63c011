"""The reviewed papers. `python -m tests.documents.catalogue DIR` writes them as PDF files, to look at;
`python -m tests.documents.catalogue` writes the reference texts again (tests/references/documents/README.md)."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from spip_desktop.documents import (
    batch,
    convocation,
    cpi_synthesis,
    cpu_advice,
    erasure,
    evaluation_changes,
    interview_guide,
    liaison,
    listing,
    movement_slip,
    pacep,
    pacep_changes,
    partner_letter,
    prescription,
    recovery,
    reminder_letter,
)
from spip_desktop.documents import movement as movement_paper
from spip_desktop.documents import own_view as own_view_paper
from spip_desktop.domain import recovery_code, recovery_key
from spip_desktop.domain.plan_content import CopyKept
from spip_desktop.domain.retention import Certificate, ErasedLine
from spip_desktop.domain.sheet import with_scan
from tests import form_fixtures
from tests.documents import (
    appointment_samples,
    board_samples,
    evaluation_samples,
    liaison_samples,
    movement_samples,
    reading,
    samples,
)

REFERENCES = Path(__file__).parent.parent / "references" / "documents"


def sheet() -> bytes:
    given = with_scan(samples.SHEET, samples.CODE)
    return prescription.render(
        given, issued=samples.DAY, number=samples.NUMBER, code=samples.CODE, draft=False, demo=True
    )


def answer_form() -> bytes:
    return form_fixtures.form()


def reminder() -> bytes:
    return partner_letter.render(samples.LETTER, demo=True)


def permanence() -> bytes:
    return batch.slip(samples.SLIP, today=samples.DAY, demo=True)


def sheet_draft() -> bytes:
    return prescription.render(samples.SHEET, issued=samples.DAY, number="", code="", draft=True, demo=True)


def sheet_longest() -> bytes:
    return prescription.render(
        samples.longest(300), issued=samples.DAY, number=samples.NUMBER, code=samples.CODE, draft=False, demo=False
    )


def sheet_neutral() -> bytes:
    return prescription.render(
        samples.NEUTRAL, issued=samples.DAY, number=samples.NUMBER, code=samples.CODE, draft=False, demo=False
    )


def plan_draft() -> bytes:
    return pacep.render_plan(samples.PLAN, day=samples.DAY, to_sign=False, demo=True)


def plan_to_sign() -> bytes:
    return pacep.render_plan(samples.PLAN, day=samples.DAY, to_sign=True, demo=True)


def copy_cell() -> bytes:
    return pacep.render_person_copy(samples.COPY, day=samples.DAY, draft=False, demo=True)


def copy_registry() -> bytes:
    kept = replace(samples.COPY, kept=CopyKept.REGISTRY)
    return pacep.render_person_copy(kept, day=samples.DAY, draft=False, demo=True)


def recovery_sheet() -> bytes:
    groups = recovery_key.groups(recovery_key.encode(bytes(range(32))))
    return recovery.render(
        store="Poste de l’antenne de Valbrune",
        officer="agent-07",
        day=samples.DAY,
        groups=groups,
        payload="A1" * 78,
        lines=recovery_code.lines(bytes(range(recovery_code.BYTES))),
    )


def certificate() -> bytes:
    line = ErasedLine(
        number="01a20359-de58-735c-b5ca-f5b644e22e01",
        scope="Tout le dossier",
        rule="Cinq ans après la fin de la peine ou de la mesure",
        source="code pénitentiaire, art. R. 113-52",
        ended_on=date(2021, 11, 20),
        due_on=date(2026, 11, 20),
        counts="1\u00a0identité, 3\u00a0adresses, 2\u00a0évaluations, 22\u00a0faits datés",
    )
    other = replace(line, number="01a20359-de58-735c-b5ca-f5b644e22e02")
    said = Certificate(
        batch="01a20359-de58-735c-b5ca-f5b644e22e99",
        decided_on=samples.DAY,
        decided_by="Hélène Marchand",
        service="SPIP, antenne de Valbrune",
        reason="Fin de conservation, revue annuelle.",
        lines=[line, other],
    )
    return erasure.render(said, demo=True)


def list_of_persons() -> bytes:
    columns = [listing.Column("Nom", 3), listing.Column("Fin de peine", 2), listing.Column("À faire", 4)]
    rows = [(f"NGUYỄN Văn Đức {place}", "12/02/2027", "Attestation d’hébergement") for place in range(1, 61)]
    return listing.render("Sortants à trois mois", columns, rows, day=samples.DAY, demo=True)


def what_changed() -> bytes:
    two, person = evaluation_samples.compared(), evaluation_samples.PERSON
    return evaluation_changes.render(two, person, day=samples.DAY, demo=True, context=60, most=420)[0]


def movement() -> bytes:
    return movement_paper.render(movement_samples.movement(), movement_samples.PERSON, day=samples.DAY, demo=True)


def plan_changes() -> bytes:
    return pacep_changes.render_changes(movement_samples.plan_changes(), day=samples.DAY, demo=False)


def trame() -> bytes:
    return interview_guide.render(evaluation_samples.guide())[0]


def own_view() -> bytes:
    return own_view_paper.render(evaluation_samples.own_view())


def advice_draft() -> bytes:
    return cpu_advice.render(board_samples.ADVICE_SHORTEST, day=samples.DAY, draft=True, demo=True)[0]


def advice() -> bytes:
    return cpu_advice.render(board_samples.ADVICE_LONGEST, day=samples.DAY, draft=False, demo=False)[0]


def synthesis_draft() -> bytes:
    return cpi_synthesis.render(board_samples.SYNTHESIS_SHORTEST, day=samples.DAY, draft=True, demo=True)[0]


def synthesis() -> bytes:
    return cpi_synthesis.render(board_samples.SYNTHESIS_LONGEST, day=samples.DAY, draft=False, demo=False)[0]


def summons() -> bytes:
    return convocation.render(appointment_samples.CONVOCATION, demo=True)


def reminder_of_duties() -> bytes:
    return reminder_letter.render(appointment_samples.REMINDER, demo=True)


def slips() -> bytes:
    return movement_slip.render(appointment_samples.SLIPS, today=samples.DAY, demo=True)


def call_list() -> bytes:
    """By building and half-day."""
    columns = [listing.Column(head, share) for head, share in appointment_samples.HEADS]
    parts = [listing.Part(title, rows) for title, rows in appointment_samples.CALLS.items()]
    return listing.render_parts("Liste d’appel", columns, parts, day=samples.DAY, demo=True)


def liaison_usual() -> bytes:
    return liaison.render(liaison_samples.USUAL, day=samples.DAY, demo=True)


def liaison_longest() -> bytes:
    """Every name and every list as long as they may be: two pages."""
    return liaison.render(liaison_samples.LONGEST, day=samples.DAY, demo=True)


PAPERS: dict[str, Callable[[], bytes]] = {
    "fiche": sheet,
    "fiche-projet": sheet_draft,
    "fiche-annexe": sheet_longest,
    "fiche-neutre": sheet_neutral,
    "retour-a-remplir": answer_form,
    "lettre-relance": reminder,
    "bordereau-permanence": permanence,
    "convocation": summons,
    "courrier-de-rappel": reminder_of_duties,
    "fiche-liaison": liaison_usual,
    "fiche-liaison-longue": liaison_longest,
    "bon-de-circulation": slips,
    "liste-d-appel": call_list,
    "plan-projet": plan_draft,
    "plan-a-signer": plan_to_sign,
    "copie-cellule": copy_cell,
    "copie-greffe": copy_registry,
    "feuille-de-secours": recovery_sheet,
    "liste": list_of_persons,
    "evaluation-changements": what_changed,
    "au-fil-des-versions": movement,
    "plan-changements": plan_changes,
    "trame-entretien": trame,
    "ou-j-en-suis": own_view,
    "certificat": certificate,
    "avis-cpu-projet": advice_draft,
    "avis-cpu": advice,
    "synthese-cpi-projet": synthesis_draft,
    "synthese-cpi": synthesis,
}


def described(content: bytes) -> str:
    """What the reference keeps: the text as laid out, then the structure as read aloud."""
    return f"{reading.laid_out(content)}\n-- structure --\n{reading.read_aloud(content)}"


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0]) if arguments else REFERENCES
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in PAPERS.items():
        if arguments:
            (folder / f"{name}.pdf").write_bytes(make())
        else:
            (folder / f"{name}.txt").write_text(described(make()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
