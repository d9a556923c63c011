"""Words found inside one dossier: folded, at the beginning of words, with a few words around them."""

from uuid import UUID

import pytest

from spip_desktop.domain.dossier_search import DossierText, excerpt, passages
from spip_desktop.domain.place import Place

HERE = Place("person.situation", UUID(int=7), "resources")
LONG = "Il dit vivre chez sa sœur à Orsanne depuis le mois de mars et y recevoir le courrier de la mission locale"


@pytest.mark.parametrize("typed", ["soeur", "SŒUR", "orsanne soeur", "d’Orsanne"[2:], "courr", "mission loc"])
def test_every_word_typed_begins_a_word(typed: str) -> None:
    (found,) = passages([DossierText("Ressources et charges", LONG, HERE)], typed)
    assert (found.where, found.place) == ("Ressources et charges", HERE)


@pytest.mark.parametrize("typed", ["", "  ", "anne", "sœur brest"])
def test_what_is_not_there_is_not_found(typed: str) -> None:
    assert passages([DossierText("Ressources et charges", LONG, HERE)], typed) == []


def test_an_apostrophe_and_a_hyphen_hide_nothing() -> None:
    text = DossierText("Alias", "N’Diaye, Jean-Luc", HERE)
    assert passages([text], "ndiaye") and passages([text], "diaye") and passages([text], "jeanluc")  # noqa: PT018


def test_the_words_around_are_whole_words_without_dots() -> None:
    assert excerpt("plongeur, 8 mois", "plongeur") == "plongeur, 8 mois"
    said = excerpt(LONG, "recevoir")
    assert "recevoir le courrier" in said
    assert said in LONG


def test_no_more_than_what_can_be_shown() -> None:
    texts = [DossierText("Contact", f"Famille {number}", HERE) for number in range(40)]
    assert len(passages(texts, "famille", limit=8)) == 8
