"""What the loader refuses, each with its file, its line and its reason."""

import hashlib

import pytest

from spip_desktop.domain.definition import DefinitionError
from spip_desktop.forms import loader

HEAD = """\
code = "essai"
version = 1
title = "Essai"
checked = 2026-11-22

[[facts]]
code = "presumed_innocent"
label = "Présumée innocente"
values = ["oui", "non"]

[[steps]]
code = "accueil"
label = "Accueil"
kind = "accueil"

[[steps.questions]]
code = "logement"
kind = "choice"
label = "Logement"
options = [
    { code = "stable", label = "Stable" },
    { code = "sans", label = "Sans" },
]
"""
NEXT = """
[[steps.questions]]
code = "suite"
kind = "text"
label = "Suite"
"""


def refusal(text: str) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        loader.parse(text.encode(), "essai.toml")
    return caught.value


def test_the_good_form_loads() -> None:
    form = loader.parse((HEAD + NEXT).encode(), "essai.toml")
    assert [question.code for question in form.questions()] == ["logement", "suite"]
    assert form.definition.sha256 == hashlib.sha256((HEAD + NEXT).encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "line_of", "reason"),
    [
        (HEAD.replace('label = "Logement"', 'label = "Logement"\nscore = 3'), "score", "clé inconnue"),
        (HEAD + NEXT.replace("suite", "logement"), -3, "code en double"),
        (HEAD.replace('kind = "choice"', 'kind = "cursor"'), "cursor", "n’est pas parmi"),
        (HEAD.replace('kind = "accueil"', 'kind = "hall"'), "hall", "n’est pas parmi"),
        (HEAD.replace('"sans", label', '"stable", label'), "Sans", "réponse en double"),
        (HEAD.replace('label = "Logement"', 'label = ""'), 'label = ""', "est vide"),
        (HEAD.replace('label = "Logement"\n', ""), "[[steps.questions]]", "manque"),
        (HEAD.replace("version = 1", 'version = "1"'), "version", "un nombre entier"),
        (HEAD + NEXT + "options = []\nmax_length = 0\n", "max_length", "au moins 1"),
        (HEAD + NEXT + 'options = [{ code = "a", label = "b" }]\n', "options = [{", "n’a pas de réponses"),
        (HEAD.replace('["oui", "non"]', "[]"), "values", "aucune valeur"),
        (HEAD + 'visible_if = { question = "jadis", is = ["oui"] }\n', "visible_if", "est inconnue"),
        (HEAD + 'visible_if = { fact = "jadis", is = ["oui"] }\n', "visible_if", "fait inconnu"),
        (HEAD + 'visible_if = { question = "suite", is = ["x"] }\n' + NEXT, "visible_if", "vient après"),
        (HEAD + NEXT + 'visible_if = { question = "logement", is = ["loue"] }\n', "visible_if", "pas une réponse"),
        (HEAD + NEXT + 'visible_if = { question = "logement", is = [] }\n', "visible_if", "aucune valeur"),
        (HEAD + NEXT + "visible_if = { all = [] }\n", "visible_if", "est vide"),
        (HEAD.replace("2026-11-22", '"hier"'), "checked", "une date"),
        (HEAD.replace('title = "Essai"', 'title = "Essai'), "title", "TOML lisible"),
    ],
)
def test_refused_with_its_line(text: str, line_of: str | int, reason: str) -> None:
    error = refusal(text)
    lines = text.splitlines()
    found = lines[error.line - 1]
    assert error.file == "essai.toml"
    assert reason in error.reason
    assert found == lines[line_of] if isinstance(line_of, int) else line_of in found
    assert str(error).startswith(f"essai.toml, ligne {error.line}\u00a0: ")


def test_a_choice_without_options_is_refused_at_its_question() -> None:
    text = HEAD.split("options = [")[0]
    error = refusal(text)
    assert "aucune réponse possible" in error.reason
    assert text.splitlines()[error.line - 1] == "[[steps.questions]]"


def test_contradictory_conditions_are_refused() -> None:
    both = (
        'visible_if = { all = [{ fact = "presumed_innocent", is = ["oui"] }, '
        '{ fact = "presumed_innocent", is = ["non"] }] }\n'
    )
    assert "se contredisent" in refusal(HEAD + NEXT + both).reason


def test_a_branch_that_its_ancestor_shuts_is_refused() -> None:
    hidden = NEXT.replace('"text"', '"yes_no"') + 'visible_if = { fact = "presumed_innocent", is = ["oui"] }\n'
    child = NEXT.replace("suite", "fin") + (
        'visible_if = { all = [{ question = "suite", is = ["oui"] }, { fact = "presumed_innocent", is = ["non"] }] }\n'
    )
    text = HEAD + hidden + child
    error = refusal(text)
    assert "se contredisent" in error.reason
    assert error.line == len(text.splitlines())


def test_two_answers_of_a_multiple_choice_do_not_contradict() -> None:
    several = HEAD.replace('kind = "choice"', 'kind = "choices"')
    both = (
        'visible_if = { all = [{ question = "logement", is = ["stable"] }, '
        '{ question = "logement", is = ["sans"] }] }\n'
    )
    assert loader.parse((several + NEXT + both).encode(), "essai.toml").question("suite")


def test_free_text_cannot_be_a_condition() -> None:
    last = NEXT.replace("suite", "fin") + 'visible_if = { question = "suite", is = ["oui"] }\n'
    assert "réponses fixées" in refusal(HEAD + NEXT + last).reason


def test_not_utf8() -> None:
    with pytest.raises(DefinitionError, match="UTF-8") as caught:
        loader.parse(b'code = "a"\ntitle = "\xff"\n', "essai.toml")
    assert caught.value.line == 2


def test_a_variant_names_known_steps() -> None:
    variant = '\n[[variants]]\ncode = "courte"\nlabel = "Courte"\nsteps = ["accueil", "ailleurs"]\n'
    error = refusal(HEAD + variant)
    assert "étape inconnue" in error.reason
    assert "ailleurs" in (HEAD + variant).splitlines()[error.line - 1]
