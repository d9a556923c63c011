"""The plan, the person's copy and the recovery sheet."""

from dataclasses import replace

from spip_desktop.documents import pacep, recovery
from spip_desktop.domain import recovery_key
from spip_desktop.domain.plan_content import CopyKept, PersonCopy, words_kept_out
from tests.documents import reading, samples
from tests.documents.catalogue import copy_cell, copy_registry, plan_draft, plan_to_sign


def copy_text(copy: PersonCopy, *, draft: bool = False) -> str:
    return reading.one_line(pacep.render_person_copy(copy, day=samples.DAY, draft=draft, demo=False))


def test_a_project_has_no_signature_and_says_so_on_every_page() -> None:
    long = pacep.render_plan(samples.long_plan(3), day=samples.DAY, to_sign=False, demo=True)
    for page in [*reading.pages(plan_draft()), *reading.pages(long)]:
        assert "PROJET, ne pas remettre" in page
        assert "DÉMONSTRATION, personne fictive" in page
        assert "signature" not in page


def test_a_plan_to_sign_has_three_places_to_sign_on_one_page_that_names_the_plan() -> None:
    last = reading.pages(plan_to_sign())[-1]
    assert "PROJET" not in reading.text(plan_to_sign())
    for words in (
        "Date et signature de la personne",
        "Date et signature de la référente",
        "Visa du DPIP",
        "Plan de Monsieur Loïc PERRIN, version 2 du 22/11/2026.",
        "Les obligations fixées par le juge s’appliquent dans tous les cas.",
    ):
        assert words in last


def test_an_axis_over_pages_is_one_table_and_nothing_of_it_is_lost() -> None:
    plan = samples.long_plan(2, signs=4000)
    content = pacep.render_plan(plan, day=samples.DAY, to_sign=True, demo=False)
    rows = sum(1 + len(one.actions) for axis in plan.axes for one in axis.objectives) + len(plan.axes)
    tags = reading.tags(content)
    assert tags.count("Table") == 1 + len(plan.axes)
    assert tags.count("TR") == 5 + rows
    wanted = sum(one.words.count("reprendre") for axis in plan.axes for one in axis.objectives)
    assert reading.one_line(content).count("reprendre") == wanted


def test_the_cell_copy_says_it_may_be_kept_and_names_nothing_penal() -> None:
    text = reading.one_line(copy_cell())
    assert "Ce document ne mentionne pas le motif de votre détention. Vous pouvez le garder." in text
    for word in ("SPIP", "PACEP", "PPR", "peine", "condamné", "infraction", "sursis", "écrou", "niveau"):
        assert word not in text
    assert words_kept_out(samples.COPY, ["vol", "sursis probatoire", "ADERES"]) == ()
    told = replace(samples.COPY, strengths="Vous avez suivi adérès jusqu’au bout, sans vol.")
    assert words_kept_out(told, ["vol", "ADERES", "voler"]) == ("vol", "ADERES")


def test_the_other_copies_say_where_they_stay() -> None:
    assert "À consulter au greffe." in reading.one_line(copy_registry())
    home = copy_text(replace(samples.COPY, kept=CopyKept.HOME))
    assert "détention" not in home
    assert "greffe" not in home


def test_a_draft_copy_cannot_be_signed() -> None:
    assert "signature" not in copy_text(samples.COPY, draft=True)
    assert "PROJET, ne pas remettre" in copy_text(samples.COPY, draft=True)


def test_a_long_copy_goes_on_on_another_page() -> None:
    copy = replace(samples.COPY, steps=samples.COPY.steps * 12)
    content = pacep.render_person_copy(copy, day=samples.DAY, draft=False, demo=False)
    assert reading.one_line(content).count("J’essaie deux séances.") == 12
    assert reading.tags(content).count("Table") == 1


def test_the_recovery_sheet_holds_the_fourteen_groups_and_names_nobody() -> None:
    key = recovery_key.encode(bytes(range(32)))
    content = recovery.render(
        store="Poste 3", officer="agent-07", day=samples.DAY, groups=recovery_key.groups(key), payload="A" * 156
    )
    assert len(reading.pages(content)) == 1
    text = reading.one_line(content)
    for group in recovery_key.groups(key):
        assert group in text
    assert "Poste 3" in text
    assert "agent-07" in text
    assert [node.alt for node in reading.nodes(content) if node.tag == "Figure"] == ["Code carré de la clé de secours"]
