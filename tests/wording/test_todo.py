"""What the rules of the échéances are called where no line of theirs is shown."""

from spip_desktop.forms.deadlines import every_rule
from spip_desktop.wording.todo import rule_name


def test_a_rule_is_named_without_the_words_of_a_line() -> None:
    rules = every_rule()
    assert any("{" in rule.label for rule in rules)  # control
    names = {rule.code: rule_name(rule) for rule in rules}
    assert [name for name in names.values() if "{" in name or name.endswith(":")] == []
    assert names["OB2"] == "Versement manquant"
    assert names["P12"] == "Accord retiré\u00a0: prévenir le partenaire"
    assert names["E33"] == "Partenaire sans réponse\u00a0: relancer"
