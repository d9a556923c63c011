"""The words of the journal: one for every act and every kind that the program can write."""

import pytest

from spip_desktop import reference
from spip_desktop.domain.access import AccessReason
from spip_desktop.services.journal_words import why
from spip_desktop.wording.journal import ACCESS, ACTS, LOSSES, act, kind
from spip_desktop.wording.journal_kinds import KINDS
from tests import journal_acts

NAMESAKE = reference.load("duplicate_reasons").label("homonyme")


def test_every_act_that_the_program_can_write_has_its_words() -> None:
    written = journal_acts.acts()
    assert len(written) > 100, "the control: the source was read"
    assert {"consultation", "purge", "note_remise", "bin_address", "trim_journal"} <= written
    missing = sorted(one for one in written if one not in ACTS)
    assert not missing, f"wording/journal.py has no words for {missing}"


def test_every_kind_of_object_has_its_words() -> None:
    written = journal_acts.kinds()
    assert {"person", "prescription", "keys", "sentence_sheet"} <= written
    missing = sorted(one for one in written if one not in KINDS)
    assert not missing, f"wording/journal.py has no words for {missing}"


def test_an_act_of_another_version_has_words_too() -> None:
    assert act("act_of_tomorrow") == "Acte d’une autre version du programme"
    assert kind("kind_of_tomorrow") == "Objet d’une autre version du programme"


def test_every_coded_reason_has_its_label() -> None:
    assert set(ACCESS) == set(AccessReason)
    assert all(code.startswith("anchor_") for code in LOSSES)


@pytest.mark.parametrize(
    ("of", "reason", "label", "words"),
    [
        ("consultation", "permanence", "Permanence", ""),
        ("consultation", "remplacement : Mme Durand", "Remplacement", "Mme Durand"),
        ("consultation", "", "", ""),
        ("hold_erasure", "contentieux", "Contentieux en cours", ""),
        ("purge", "levee_ecrou", "Deux ans après la levée d’écrou", ""),
        ("assign", "depart", "Départ de l’agent", ""),
        ("assign", "Demande de M. Perrin", "", "Demande de M. Perrin"),
        ("start_person", f"{NAMESAKE}, vu la pièce", NAMESAKE, "vu la pièce"),
        ("pass_over_rule", "Sans emploi\u00a0: attestation vue", "Sans emploi", "attestation vue"),
        ("print", "projet, copie possible acceptée", "Projet, copie possible acceptée", ""),
        ("print_failed", "OSError", "Panne de l’impression", ""),
        ("search", "nom", "Par le nom", ""),
        ("acknowledge_loss", "anchor_missing_entries 3-8 Reprise", "Lignes absentes 3 à 8", "Reprise"),
        ("acknowledge_loss", "anchor_rewritten Reprise", "Lignes réécrites", "Reprise"),
        ("trim_journal", "1-1204", "Lignes 1 à 1204", ""),
        ("end_interim", "fin de l’intérim", "Fin de l’intérim", ""),
        ("end_interim", "Retour le 3", "", "Retour le 3"),
        ("change_habilitation", "Aucun DPIP", "", "Aucun DPIP"),
        ("lift_hold", "Jugement définitif.", "", "Jugement définitif."),
    ],
)
def test_a_reason_is_a_label_and_what_was_typed(of: str, reason: str, label: str, words: str) -> None:
    found = why(of, reason)
    assert (found.label, found.words) == (label, words)


@pytest.mark.parametrize(
    ("of", "name"), [("hold_erasure", "hold_reasons"), ("purge", "retention"), ("assign", "assignment_reasons")]
)
def test_no_code_of_a_list_is_shown_raw(of: str, name: str) -> None:
    for entry in reference.load(name).entries:
        assert why(of, entry.code).label == entry.label
