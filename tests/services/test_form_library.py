"""The evaluation as data: a service rewords it from a file; what was begun with the former one keeps its own copy."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db import evaluation as rows
from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import EvaluationKind, FindingKind
from spip_desktop.domain.form_changes import Around, Aspect, ChangeKind
from spip_desktop.domain.officer import Role
from spip_desktop.forms.loader import parse, shipped
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.form_library import FormLibrary
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording import sentence
from spip_desktop.wording.forms import AROUND

LABEL = 'label = "A de quoi vivre les prochains jours"'
NEW_LABEL = 'label = "A de quoi tenir jusqu’au prochain rendez-vous"'
#: A question more, at the end of the welcome.
MORE = """
[[steps.questions]]
code = "accueil_transport"
kind = "yes_no"
label = "Peut venir sans aide"
"""
#: A field of the service's own, put before the analysis.
MARK = '[[steps]]\ncode = "analyse"'
OWN_STEP = """[[steps]]
code = "voisinage"
label = "Voisinage"
kind = "bloc"

[[steps.questions]]
code = "voisinage_note"
kind = "note"
label = "Note libre"

[[steps.questions]]
code = "voisinage_entraide"
kind = "yes_no"
label = "Entraide entre voisins"

"""
INTERPRETER = '\n[[steps.questions]]\ncode = "accueil_interprete"'
ANIMALS = '    { code = "animaux", label = "Animaux" },\n'


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def library(services: Services) -> FormLibrary:
    return services.forms


def model(library: FormLibrary) -> str:
    return library.model(shipped("evaluation").version).decode()


def reworded(library: FormLibrary, *changes: tuple[str, str]) -> bytes:
    text = model(library)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text.encode()


def wrong(library: FormLibrary, content: bytes) -> Refusal:
    with pytest.raises(Refusal) as preview:
        library.preview(content, "essai.toml")
    with pytest.raises(Refusal) as install:
        library.install(content, "essai.toml")
    assert preview.value.problems == install.value.problems
    assert all(sentence(one) for one in install.value.problems)
    return install.value


def test_the_preview_says_what_is_new_changed_and_gone_by_field_and_keeps_nothing(
    library: FormLibrary, context: Context
) -> None:
    commits = context.store.commits
    text = reworded(
        library,
        (LABEL, NEW_LABEL),
        (ANIMALS, '    { code = "vehicule", label = "Véhicule" },\n'),
        (INTERPRETER, MORE + INTERPRETER),
        ('code = "telephone"', 'code = "telephone_joint"'),
    ).decode()
    found = library.preview(text.encode(), "v2.toml")
    assert (found.version, found.replaces) == (1000, shipped("evaluation").version)
    welcome, concrete = found.changes
    assert welcome.label == "Accueil"
    said = {one.label: one for one in welcome.questions}
    assert said["Peut venir sans aide"].kind is ChangeKind.NEW
    (wording,) = said["A de quoi tenir jusqu’au prochain rendez-vous"].differences
    assert (wording.aspect, wording.before) == (Aspect.WORDING, "A de quoi vivre les prochains jours")
    assert [(one.aspect, one.before or one.now) for one in said["Urgences dites par la personne"].differences] == [
        (Aspect.ANSWER_NEW, "Véhicule"),
        (Aspect.ANSWER_GONE, "Animaux"),
    ]
    assert [one.kind for one in concrete.questions] == [ChangeKind.NEW, ChangeKind.GONE]
    assert "Peut venir sans aide" in found.of_the_presumed
    assert found.to_the_person == (), "none of it is for the person to read"
    assert found.paper.startswith(b"%PDF")
    assert context.store.commits == commits
    assert [one.version for one in library.lines()] == [shipped("evaluation").version]


def test_what_was_begun_keeps_its_own_wording_and_what_is_begun_after_has_the_new_one(
    library: FormLibrary, services: Services, loic: UUID, context: Context
) -> None:
    evaluations = services.evaluations
    before = evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    own = library.install(reworded(library, (LABEL, NEW_LABEL)), "v2.toml")
    start = QuickStart(
        birth_name="Diallo", first_names="Awa", birth_date=date(1999, 5, 2), referral_on=date(2026, 8, 16)
    )
    after = evaluations.draft.start(services.persons.quick_start(start), Start(kind=EvaluationKind.INITIAL))

    def asked(evaluation: UUID) -> str:
        found = evaluations.reading.view(evaluation).session.form.question("accueil_ressources")
        assert found
        return found.label

    assert asked(before) == "A de quoi vivre les prochains jours"
    assert asked(after) == "A de quoi tenir jusqu’au prochain rendez-vous"
    assert evaluations.reading.form().version == 1000
    with context.store.reading() as tx:
        assert [line.act for line in journal.lines_about(tx.connection, own)] == ["install_form"]
    # Withdrawn: ours again for what is begun from now on, and what was begun with it still says its own words.
    library.withdraw(own)
    assert evaluations.reading.form().version == shipped("evaluation").version
    assert asked(after) == "A de quoi tenir jusqu’au prochain rendez-vous"
    assert b"version = 1001\n" in library.model(1000), "a number is never used twice"


def test_a_next_version_takes_over_the_answers_that_its_form_still_asks_for(
    library: FormLibrary, services: Services, loic: UUID, context: Context
) -> None:
    """A question moved, an answer no longer offered, a field of the service withdrawn since."""
    evaluations = services.evaluations
    library.install(reworded(library, (MARK, OWN_STEP + MARK)), "v2.toml")
    first = evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    fields = evaluations.reading.view(first).fields
    evaluations.draft.save_step(fields["accueil"].value.id, {"accueil_urgences": ("animaux", "papiers")})
    evaluations.draft.save_step(fields["accueil"].value.id, {"accueil_lecture": "difficile"})
    evaluations.draft.save_step(fields["voisinage"].value.id, {"voisinage_entraide": "oui"})
    evaluations.findings.add(first, "voisinage", FindingKind.PROTECTION)
    with context.store.transaction(context.actor, "test") as tx:
        rows.EVALUATIONS.save(tx, replace(rows.EVALUATIONS.get(tx, first), frozen_on=tx.clock.today()))
    library.install(reworded(library, (ANIMALS, "")), "v3.toml")
    second = evaluations.draft.start(loic, Start(kind=EvaluationKind.ANNUAL))
    view = evaluations.reading.view(second)
    assert view.evaluation.form_version == 1001
    assert "voisinage" not in view.fields
    assert "accueil_urgences" not in view.fields["accueil"].value.answers, "« animaux » is no longer an answer"
    assert view.fields["accueil"].value.answers["accueil_lecture"] == "difficile"
    assert [one.value.step for one in view.findings] == ["analyse"]
    assert view.session.problems() == ()
    # The former version still says all of it, in its own words.
    former = evaluations.reading.view(first)
    assert former.session.form.step("voisinage").label == "Voisinage"
    assert former.fields["voisinage"].value.answers == {"voisinage_entraide": "oui"}


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("version = 1000", "version = 3", "form_version_wrong"),
        ("version = 1000", "version = 1000000", "form_version_wrong"),
        ('code = "evaluation"', 'code = "autre"', "form_unknown"),
        ('code = "loisirs"\n', 'code = "temps_libre"\n', "form_step_gone"),
        ('code = "loisirs_note"\nkind = "note"', 'code = "loisirs_note"\nkind = "text"', "form_without_note"),
        ('code = "courte"', 'code = "breve"', "form_variant_gone"),
        ('code = "accueil_role"', 'code = "accueil_notre_role"', "form_question_gone"),
        ('code = "analyse_note"', 'code = "analyse_libre"', "form_question_gone"),
        ('code = "telephone"\nkind = "yes_no"', 'code = "telephone"\nkind = "text"', "form_kind_changed"),
        ('values = ["MO", "MF"]', 'values = ["MO", "MF", "MN"]', "form_fact_unknown"),
        ('code = "changer", label', 'code = "change", label', "form_own_answer_gone"),
        ("said_by_person = true\n", "", "form_speaker_changed"),
        ('title = "Év', 'titre = "Év', "form_file_wrong"),
    ],
)
def test_what_cannot_be_used_is_refused_before_it_is_kept(
    library: FormLibrary, context: Context, before: str, after: str, code: str
) -> None:
    commits = context.store.commits
    refusal = wrong(library, reworded(library, (before, after)))
    assert code in {one.code for one in refusal.problems}
    assert context.store.commits == commits
    assert len(library.lines()) == 1


def test_a_person_presumed_innocent_is_not_asked_of_the_facts_by_any_version(library: FormLibrary) -> None:
    condition = 'visible_if = { fact = "presumed_innocent", is = ["non"] }\n'
    before, question, after = model(library).partition('code = "accueil_regles"\n')
    (problem,) = wrong(library, (before + question + after.replace(condition, "", 1)).encode()).problems
    assert (problem.code, problem.data["code"]) == ("form_asks_the_presumed", "accueil_regles")
    before, _, after = model(library).partition("[[banners]]")
    gone = before + after[after.index("[[variants]]") :]
    assert {one.code for one in wrong(library, gone.encode()).problems} == {"form_banner_gone"}


def test_what_moves_beside_the_questions_is_said_too(library: FormLibrary) -> None:
    """The order of the fields, a warning, the short form, what is asked to freeze."""
    text = model(library)
    leisure, work = ('[[steps]]\ncode = "loisirs"', '[[steps]]\ncode = "consommations"')
    start, middle = text.index(leisure), text.index(work)
    end = text.index("[[steps]]", middle + 10)
    text = text[:start] + text[middle:end] + text[start:middle] + text[end:]
    text = text.replace("chosen_fields = 3", "chosen_fields = 2").replace(
        "les faits ne sont pas", "les faits restent non", 1
    )
    found = library.preview(text.replace('title = "Évaluation"', 'title = "Évaluation du service"').encode(), "v2.toml")
    assert found.changes == ()
    said = [what for what, _ in found.around]
    assert said == [Around.TITLE, Around.ORDER, Around.BANNER_NEW, Around.BANNER_GONE, Around.VARIANT]
    assert all(AROUND[what].format(words=words) for what, words in found.around)
    assert library.preview(model(library).encode(), "v2.toml").around == ()


def test_what_the_person_would_read_alone_is_listed_to_be_read_again(library: FormLibrary) -> None:
    found = library.preview(reworded(library, ("C’est une force pour moi", "Ça m’aide")), "v2.toml")
    assert found.to_the_person == ("Ça m’aide",)


def test_a_form_that_no_longer_stands_on_two_sides_is_refused(library: FormLibrary) -> None:
    many = "".join(MORE.replace("accueil_transport", f"accueil_plus_{n}") for n in range(60))
    assert wrong(library, reworded(library, (INTERPRETER, many + INTERPRETER))).code == "form_guide_too_long"


def test_a_file_that_is_no_form_is_refused(library: FormLibrary) -> None:
    for content in (b"", b"\xff\xfe", b"<html>", b'code = "x"\n', b"[" * 5000):
        assert wrong(library, content).code == "form_file_wrong"


def test_the_same_version_is_not_taken_twice(library: FormLibrary) -> None:
    content = reworded(library, (LABEL, NEW_LABEL))
    library.install(content, "v2.toml")
    assert wrong(library, content).code == "form_version_wrong"


def test_a_form_that_a_later_program_can_no_longer_use_is_left_aside(
    library: FormLibrary, services: Services, context: Context
) -> None:
    """Installed while it was right, it has since lost what the program relies on: ours serves, its copy stays."""
    own = library.install(reworded(library, (LABEL, NEW_LABEL)), "v2.toml")
    assert services.evaluations.reading.form().version == 1000
    broken = model(library).replace('code = "accueil_role"', 'code = "autre_role"')
    broken = broken.replace("version = 1001", "version = 1000")
    with context.store.transaction(context.actor, "test") as tx:
        tx.connection.exec_driver_sql("UPDATE definition SET bytes = ? WHERE version = 1000", (broken.encode(),))
    assert parse(broken.encode(), "x").version == 1000
    assert services.evaluations.reading.form().version == shipped("evaluation").version
    assert [one.version for one in library.lines() if one.in_use] == [shipped("evaluation").version]
    assert [one.version for one in library.lines() if one.aside] == [1000], "the settings say so"
    library.withdraw(own)


def test_only_who_sets_the_service_may(library: FormLibrary, context: Context) -> None:
    from tests.services.test_rights import as_role

    as_role(context, Role.CPIP, dpip=True)
    assert not library.may_set()
    for act in (library.lines, lambda: library.model(1), lambda: library.install(b"", "x")):
        with pytest.raises(Refusal):
            act()


def test_a_question_that_moved_to_another_field_takes_its_answer_along(
    library: FormLibrary, services: Services, loic: UUID, context: Context
) -> None:
    """From the concrete situation into a field that the service has just added."""
    evaluations = services.evaluations
    first = evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    concrete = evaluations.reading.view(first).fields["situation_concrete"].value.id
    evaluations.draft.save_step(concrete, {"compte_bancaire": "oui"})
    with context.store.transaction(context.actor, "test") as tx:
        rows.EVALUATIONS.save(tx, replace(rows.EVALUATIONS.get(tx, first), frozen_on=tx.clock.today()))
    question = '[[steps.questions]]\ncode = "compte_bancaire"\nkind = "yes_no"\nlabel = "Compte bancaire"\n\n'
    moved = reworded(library, (question, ""), (MARK, OWN_STEP + question + MARK))
    (change,) = [one for one in library.preview(moved, "v2.toml").changes if one.label == "Voisinage"]
    (difference,) = next(one for one in change.questions if one.label == "Compte bancaire").differences
    assert (difference.aspect, difference.before) == (Aspect.PLACE, "Situation concrète")
    library.install(moved, "v2.toml")
    view = evaluations.reading.view(evaluations.draft.start(loic, Start(kind=EvaluationKind.ANNUAL)))
    assert view.fields["voisinage"].value.answers == {"compte_bancaire": "oui"}
    assert not view.fields["voisinage"].value.reviewed, "taken over, to be looked at again"
    assert "compte_bancaire" not in view.fields["situation_concrete"].value.answers
