"""The sheet lets a partner read what the catalogue allows, and nothing of class C."""

import pytest

from spip_desktop.domain.definition import DefinitionError
from spip_desktop.domain.eligibility import Thresholds
from spip_desktop.domain.sheet import NEUTRAL_WORDS
from spip_desktop.domain.text import fold
from spip_desktop.forms import fields, rules, sheet
from spip_desktop.forms.fields import FieldClass
from spip_desktop.paths import resource

TEXT = resource("sheets", "mission_locale.toml").read_text("utf-8")
FIELDS = fields.shipped()
READABLE = FIELDS.read_by(("mission_locale",))
NEVER = sorted(one.code for one in READABLE.values() if one.field_class is FieldClass.NEVER)


def refusal(text: str) -> tuple[int, str]:
    with pytest.raises(DefinitionError) as caught:
        sheet.parse(text.encode(), "mission_locale.toml", FIELDS)
    return caught.value.line, caught.value.reason


@pytest.mark.parametrize("code", NEVER)
def test_a_field_of_class_c_is_refused_at_its_line(code: str) -> None:
    text = TEXT.replace('field = "nom"', f'field = "{code}"')
    line, reason = refusal(text)
    assert "classe C" in reason
    assert f'"{code}"' in text.splitlines()[line - 1]


def test_what_never_leaves_is_in_class_c() -> None:
    for code in ("infraction", "mesure", "obligations", "numero_ecrou", "batiment", "sante", "pacep", "evaluation"):
        assert READABLE[code].field_class is FieldClass.NEVER


def test_class_a_is_what_the_decree_lists() -> None:
    """R. 240-6, 12°, but for the numéro d'écrou, which stays inside."""
    legal = {one.code for one in READABLE.values() if one.field_class is FieldClass.LEGAL}
    assert legal == {
        "civilite", "nom", "prenom", "piece_identite", "piece_validite", "sortie_prevue", "permission_possible",
        "quartier_categorie",
    }  # fmt: skip
    assert not READABLE["nom"].needs_agreement(legal_basis=True)
    assert READABLE["nom"].needs_agreement(legal_basis=False)
    assert READABLE["niveau"].needs_agreement(legal_basis=True)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('field = "nom"', 'field = "pseudonyme"', "rubrique inconnue"),
        ('place = "left" },\n    { field = "nom"', 'place = "top" },\n    { field = "nom"', "n’est pas parmi"),
        ('"niveau", "dernier_diplome"', '"niveau"', "n’a pas de case d’accord"),
        ('fields = ["rqth"]', 'fields = ["nom"]', "n’attend pas d’accord"),
        ("max_asks = 3", "max_asks = 30", "demandes au plus"),
        ('only = ["rqth_band"]', 'only = ["score"]', "condition inconnue"),
        ("max_asks = 3", "max_asks = 3\nlogo = true", "clé inconnue"),
        ('written = ["orienté vers"', 'written = ["envoyé vers"', "n’est pas parmi les réponses"),
        ('kind = "row"', 'kind = "stars"', "n’est pas parmi"),
    ],
)
def test_refused(before: str, after: str, reason: str) -> None:
    assert TEXT.count(before) >= 1
    line, said = refusal(TEXT.replace(before, after, 1))
    assert reason in said
    assert 1 <= line <= len(TEXT.splitlines()) + 1


def test_three_things_asked_at_most_and_the_order_of_practice() -> None:
    form = sheet.shipped("mission_locale")
    assert form.max_asks == 3
    assert form.objective_max == 200
    assert [block.code for block in form.blocks] == [
        "calendrier", "personne", "demarches", "parcours", "disponibilite", "deja_engage",
    ]  # fmt: skip
    assert "Un refus n’est pas une sanction." in form.agreement


def test_the_neutral_letterhead_names_nothing() -> None:
    form = sheet.shipped("mission_locale")
    neutral = form.letterhead("neutre")
    assert neutral
    assert neutral.milieux == ("MO",)
    assert not neutral.returns
    shown = [one for one in form.fields() if sheet.Only.OFFICIAL not in one.only]
    said = [form.title, form.not_asked_neutral, form.agreement, form.foot_agreement, form.answer.foot_neutral]
    said += [neutral.sender, neutral.recipient, *(one.label + one.note for one in shown)]
    words = f" {fold(' '.join(said))} "
    assert not [word for word in NEUTRAL_WORDS if f" {word}" in words]


def test_the_rules_give_their_figures() -> None:
    found = rules.shipped("mission_locale")
    assert [rule.code for rule in found.rules] == [f"ML{number}" for number in range(1, 10)]
    names = Thresholds.__dataclass_fields__
    assert Thresholds(**{name: found.figures[name] for name in names}) == Thresholds()


def test_a_rule_is_not_told_twice() -> None:
    text = resource("rules", "mission_locale.toml").read_text("utf-8").replace('code = "ML2"', 'code = "ML1"')
    with pytest.raises(DefinitionError, match="code en double"):
        rules.parse(text.encode(), "mission_locale.toml")
