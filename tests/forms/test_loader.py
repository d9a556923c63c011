"""What the loader refuses, each with its file, its line and its reason."""

import hashlib
import tomllib
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spip_desktop.domain.definition import DefinitionError
from spip_desktop.forms import loader
from spip_desktop.paths import resource

SHIPPED = resource("forms", "evaluation.toml").read_text("utf-8")
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
VARIANT = """
[[variants]]
code = "courte"
label = "Courte"
steps = ["accueil"]
"""
STEP = """
[[steps]]
code = "suites"
label = "Suites"
kind = "champ"

[[steps.questions]]
code = "suites_note"
kind = "note"
label = "Note"
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
        (HEAD + 'visible_if = { question = "suite", is = ["x"] }\n' + NEXT, "visible_if", "ne vient pas avant"),
        (HEAD + NEXT + 'visible_if = { question = "logement", is = ["loue"] }\n', "visible_if", "pas une réponse"),
        (HEAD + NEXT + 'visible_if = { question = "logement", is = [] }\n', "visible_if", "aucune valeur"),
        (HEAD + NEXT + "visible_if = { all = [] }\n", "visible_if", "est vide"),
        (HEAD + 'visible_if = { question = "logement", is = ["stable"] }\n', "visible_if", "ne vient pas avant"),
        (HEAD.replace("version = 1", "version = 0"), "version", "au moins 1"),
        (HEAD.replace("version = 1", "version = " + "9" * 5000), -1, "TOML lisible"),
        (HEAD + "\nx = " + "[" * 5000, -1, "TOML lisible"),
        (HEAD.replace('["oui", "non"]', '["oui", "oui"]'), "values", "deux fois"),
        (HEAD.replace('label = "Logement"', f'label = "{"x" * 121}"'), "label", "120 au plus"),
        (HEAD.replace('label = "Logement"', 'label = "Loge\\u202ement"'), "label", "ne se lit pas"),
        (HEAD.replace('label = "Logement"', 'label = "Loge\\nment"'), "label", "saut de ligne"),
        (HEAD.replace('"logement"', '"again_on"'), "again_on", "pris par le logiciel"),
        (HEAD + NEXT + "max_length = 100001\n", "max_length", "au plus 100000"),
        (HEAD + VARIANT + VARIANT, -3, "code en double"),
        (HEAD + VARIANT.replace('["accueil"]', "[]"), "steps = []", "aucune étape"),
        (HEAD + VARIANT + "chosen_fields = 1\n", "chosen_fields", "pas autant de champs"),
        (HEAD + STEP.replace("suites", "accueil"), -8, "code en double"),
        (HEAD + STEP.split("[[steps.questions]]")[0], -5, "aucune question"),
        (HEAD.split("[[steps]]")[0], "code", "aucune étape"),
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


def test_what_hangs_on_an_answer_that_stands_alone_and_on_another_is_refused() -> None:
    several = HEAD.replace('kind = "choice"', 'kind = "choices"').replace(
        'label = "Sans" }', 'label = "Sans", alone = true }'
    )
    both = (
        'visible_if = { all = [{ question = "logement", is = ["stable"] }, '
        '{ question = "logement", is = ["sans"] }] }\n'
    )
    assert "se contredisent" in refusal(several + NEXT + both).reason


def test_one_alternative_that_can_never_hold_is_refused() -> None:
    """`any` of two conditions, one on a question that is never asked of the person."""
    hidden = NEXT.replace('"text"', '"yes_no"') + 'visible_if = { question = "logement", is = ["stable"] }\n'
    child = NEXT.replace("suite", "fin") + (
        'visible_if = { all = [{ question = "suite", is = ["oui"] }, { question = "logement", is = ["sans"] }] }\n'
    )
    assert "se contredisent" in refusal(HEAD + hidden + child).reason
    either = child.replace("all =", "any =")
    assert loader.parse((HEAD + hidden + either).encode(), "essai.toml").question("fin")


def test_an_ancestor_with_alternatives_shuts_what_none_of_them_allows() -> None:
    """The parent is asked of the presumed innocent or of the housed; the child of nobody who is either."""
    parent = NEXT.replace('"text"', '"yes_no"') + (
        'visible_if = { any = [{ fact = "presumed_innocent", is = ["oui"] }, '
        '{ question = "logement", is = ["stable"] }] }\n'
    )
    child = NEXT.replace("suite", "fin") + (
        'visible_if = { all = [{ question = "suite", is = ["oui"] }, '
        '{ fact = "presumed_innocent", is = ["non"] }, { question = "logement", is = ["sans"] }] }\n'
    )
    assert "se contredisent" in refusal(HEAD + parent + child).reason
    open_ = child.replace('is = ["sans"]', 'is = ["stable"]')
    assert loader.parse((HEAD + parent + open_).encode(), "essai.toml").question("fin")


def test_a_tangle_of_alternatives_is_refused_rather_than_followed_for_hours() -> None:
    text = HEAD + "".join(f'[[steps.questions]]\ncode = "q{n}"\nkind = "yes_no"\nlabel = "Q"\n' for n in range(24))
    pairs = ", ".join(
        f'{{ question = "q{n}", is = ["oui"] }}, {{ question = "q{n + 1}", is = ["oui"] }}' for n in range(0, 2, 2)
    )
    for n in range(12):
        condition = pairs.replace('"q0"', f'"q{2 * n}"').replace('"q1"', f'"q{2 * n + 1}"')
        text += f'[[steps.questions]]\ncode = "r{n}"\nkind = "yes_no"\nlabel = "R"\n'
        text += f"visible_if = {{ any = [{condition}] }}\n"
    every = ", ".join(f'{{ question = "r{n}", is = ["oui"] }}' for n in range(12))
    text += f'[[steps.questions]]\ncode = "fin"\nkind = "text"\nlabel = "F"\nvisible_if = {{ all = [{every}] }}\n'
    error = refusal(text)
    assert "trop de conditions" in error.reason
    assert error.line == len(text.splitlines())


def test_two_answers_of_a_multiple_choice_do_not_contradict() -> None:
    several = HEAD.replace('kind = "choice"', 'kind = "choices"')
    both = (
        'visible_if = { all = [{ question = "logement", is = ["stable"] }, '
        '{ question = "logement", is = ["sans"] }] }\n'
    )
    assert loader.parse((several + NEXT + both).encode(), "essai.toml").question("suite")


@given(st.binary(max_size=300))
def test_bytes_that_are_no_form_are_refused_and_nothing_else(content: bytes) -> None:
    with pytest.raises(DefinitionError) as caught:
        loader.parse(content, "essai.toml")
    assert caught.value.line >= 1
    assert caught.value.reason


@given(st.integers(min_value=0), st.text(max_size=12))
def test_the_shipped_form_with_a_hole_in_it_loads_or_says_its_line(at: int, instead: str) -> None:
    """Any line of the real file replaced by anything: a form, or a refusal at a line that exists."""
    lines = SHIPPED.splitlines()
    lines[at % len(lines)] = instead
    try:
        loader.parse("\n".join(lines).encode("utf-8", "surrogatepass"), "essai.toml")
    except DefinitionError as error:
        found = error
    else:
        return
    assert 1 <= found.line <= len(lines) + 1
    assert found.reason


@st.composite
def conditional_form(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Yes or no questions, each asked when some earlier ones were answered so."""
    text, codes = HEAD.split("[[steps.questions]]")[0], list[str]()
    for number in range(draw(st.integers(2, 6))):
        code = f"q{number}"
        text += f'[[steps.questions]]\ncode = "{code}"\nkind = "yes_no"\nlabel = "Q"\n'
        conditional: bool = draw(st.booleans())
        if codes and conditional:
            about = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3))
            said = [f'{{ question = "{one}", is = ["{draw(st.sampled_from(["oui", "non"]))}"] }}' for one in about]
            text += f"visible_if = {{ {draw(st.sampled_from(['all', 'any']))} = [{', '.join(said)}] }}\n"
        codes.append(code)
    return text, codes


@given(conditional_form())
@settings(max_examples=200)
def test_a_form_loads_exactly_when_every_question_can_be_asked(made: tuple[str, list[str]]) -> None:
    """Compared with trying every answer to every question."""
    text, codes = made
    raw = tomllib.loads(text)["steps"][0]["questions"]

    def shown(answers: dict[str, str]) -> set[tuple[str, int]]:
        counted: dict[str, str] = {}
        seen = set()
        for one in raw:
            wanted = one.get("visible_if", {})
            group = wanted.get("all", wanted.get("any", []))
            held = [counted.get(each["question"]) in each["is"] for each in group]
            if "any" in wanted:
                seen |= {(one["code"], number) for number, each in enumerate(held) if each}
            if all(held) if "all" in wanted or not wanted else any(held):
                counted[one["code"]] = answers[one["code"]]
                seen.add((one["code"], -1))
        return seen

    every = [shown(dict(zip(codes, said, strict=True))) for said in product(("oui", "non"), repeat=len(codes))]
    reached = set().union(*every)
    wanted = {(one["code"], -1) for one in raw} | {
        (one["code"], number) for one in raw for number in range(len(one.get("visible_if", {}).get("any", [])))
    }
    try:
        loader.parse(text.encode(), "essai.toml")
    except DefinitionError:
        assert reached < wanted
    else:
        assert reached == wanted


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
