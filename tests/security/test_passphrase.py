"""What is accepted as a passphrase and as an identifier."""

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.security.passphrase import check_identifier, check_passphrase
from tests.security.kit import code_of

CONTEXT = ("Bréaud", "Élodie", "falaise-12", "Hauts-de-Seine", "Nanterre")


@pytest.mark.parametrize(
    "phrase",
    [
        "tulipe orage cabane velours",
        "Tr0mb&zK!9f_éÀç",
        "un hérisson repeint lentement sa boussole",
        "жквбпмтроаьюэъы",
        "🙂🐢🌵🎻🚲🧦🪁🥝🪵🧭🪴🎲🧊🪶🥁💡",
        "tulipe\torage\ncabane velours",
        "tulipe orage cabane velours " * 40,
    ],
)
def test_accepted(phrase: str) -> None:
    check_passphrase(phrase, CONTEXT)


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("", "passphrase_short"),
        ("Tr0mb&zK!9f_éÀ", "passphrase_short"),
        ("e\u0301" * 14, "passphrase_short"),
        ("azertyuiopqsdfghjklm", "passphrase_guessable"),
        ("motdepasse123456", "passphrase_guessable"),
        ("a" * 200, "passphrase_guessable"),
        (" " * 30, "passphrase_guessable"),
        ("mon chien aime la plage", "passphrase_guessable"),
        ("bonjour je suis conseillère spip", "passphrase_guessable"),
        ("Élodie Bréaud 1987", "passphrase_context"),
        ("ELODIE.BREAUD.SPIP!", "passphrase_context"),
        ("maison d’arrêt de Nanterre", "passphrase_context"),
        ("falaise-12 falaise-12", "passphrase_context"),
        ("spip hauts de seine 92", "passphrase_context"),
    ],
)
def test_refused(phrase: str, code: str) -> None:
    assert code_of(lambda: check_passphrase(phrase, CONTEXT)) == code


def test_the_shortest_is_told() -> None:
    with pytest.raises(Refusal) as refused:
        check_passphrase("tulipe orage")
    assert refused.value.problems[0].data == {"shortest": 15, "count": 12}


def test_an_identifier_is_no_name_and_is_kept_clean() -> None:
    assert check_identifier("  falaise-12\n", ("Bréaud", "Élodie")) == "falaise-12"
    assert code_of(lambda: check_identifier("breaud 2", ("Bréaud", "Élodie"))) == "identifier_is_name"
    assert code_of(lambda: check_identifier("bac 3", ("Bac",))) == "identifier_is_name"
    assert check_identifier("bacchus", ("Bac",)) == "bacchus"
    assert code_of(lambda: check_identifier("x")) == "identifier_length"
    assert code_of(lambda: check_identifier("x" * 41)) == "identifier_length"
    assert code_of(lambda: check_identifier("FALAISE-12", (), ("falaise-12",))) == "identifier_taken"


@pytest.mark.parametrize("named", ["é.BREAUD", "ebreaud3", "Élo-die", "bréaud"])
def test_a_name_is_found_inside_an_identifier(named: str) -> None:
    assert code_of(lambda: check_identifier(named, ("Bréaud", "Élodie"))) == "identifier_is_name"
