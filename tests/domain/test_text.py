"""Names are found however they are typed; what is stored loses nothing but what nobody can see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.text import NBSP, capitals, clean, fold, fold_both, fold_joined, french_spaces, uncapital

ANY_TEXT = st.text(st.characters())
ZWJ = "\u200d"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("loetitia", "Lœtitia"),
        ("laetitia", "LÆTITIA"),
        ("ndiaye", "N'Diaye"),
        ("ndiaye", "N’Diaye"),
        ("ndiaye", "N\u00b4Diaye"),
        ("n diaye", "N'DIAYE"),
        ("jeanpierre", "Jean-Pierre"),
        ("jeanpierre", "Jean\u2010Pierre"),
        ("jean pierre", "JEAN-PIERRE"),
        ("ibrahim", "İbrahim"),
        ("isik", "IŞIK"),
        ("isik", "ışık"),
        ("dang thi hanh", "Đặng Thị Hạnh"),
        ("nguyen", "Nguyễn"),
        ("hasan", "Ḥasan"),
        ("strasse", "Straße"),
        ("strasse", "STRAẞE"),
        ("lukasz", "Łukasz"),
        ("o", "Ǿ"),
        ("ae", "ǽ"),
        ("fi", "ﬁ"),
        ("thorlakur", "Þorlákur"),
        ("ngaba", "Ŋgaba"),
        ("ebreaud", "Ébréaud"),
    ],
)
def test_a_name_is_found_as_it_is_typed(typed: str, name: str) -> None:
    assert typed in (fold(name), fold_joined(name))
    assert typed in fold_both(name)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_joined(fold_joined(text)) == fold_joined(text)


@given(ANY_TEXT)
def test_accents_and_normal_forms_do_not_matter(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text("abcdefghijklmnopqrstuvwxyzéèàçœæñôüABCÉÈŒ '’-", min_size=1))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


def test_a_name_without_an_apostrophe_is_folded_once() -> None:
    assert fold_both("Perrin") == "perrin"
    assert fold_both("N’Diaye") == "n diaye ndiaye"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Noe\u0308l", "Noël"),
        ("e\u200b\u0301te\u0301", "été"),
        ("bel\x07 air\x00", "bel air"),
        ("\u202eLoïc\u202c\u061c", "Loïc"),
        ("zéro\u200blargeur\ufeff", "zérolargeur"),
        ("a\tb", "a b"),
        ("un\r\ndeux\rtrois\u2028quatre", "un deux trois quatre"),
        ("césu\xadre", "césure"),
        ("demi \ud83d", "demi "),
    ],
)
def test_what_cannot_be_seen_is_dropped(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_a_note_keeps_its_lines() -> None:
    assert clean("un\r\ndeux\rtrois\u2029quatre\x0bcinq", lines=True) == "un\ndeux\ntrois\nquatre\ncinq"


@pytest.mark.parametrize(
    "text",
    [
        "<non> & <img src=x>",
        "5 < 6 « oui » — d’accord…",
        "😀 👍🏽",
        f"👩{ZWJ}⚕️ {ZWJ}🏽",
        "Đặng Ḥasan İbrahim",
        "a\u00a0: b",
    ],
)
def test_emoji_and_markup_stay_as_typed(text: str) -> None:
    assert clean(text) == text


def test_a_joiner_between_letters_goes() -> None:
    assert clean(f"Per{ZWJ}rin") == "Perrin"


@given(ANY_TEXT, st.booleans())
def test_cleaning_twice_changes_nothing(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()
    hidden = ("\n", ZWJ) if lines else (ZWJ,)
    assert all(sign in hidden or unicodedata.category(sign) not in ("Cc", "Cs") for sign in once)


@given(st.text("abc :;!?«»\u00a0\u202f()[]\n./0123456789", max_size=40))
def test_french_spaces_twice_change_nothing(text: str) -> None:
    once = french_spaces(text)
    assert french_spaces(once) == once


@given(ANY_TEXT)
def test_french_spaces_touch_spaces_only(text: str) -> None:
    def words(of: str) -> str:
        return "".join(sign for sign in of if sign not in " \u00a0\u202f")

    assert words(french_spaces(text)) == words(text)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Enregistré à 14:02:31", "Enregistré à 14:02:31"),
        ("Rendez-vous : 14:02.", f"Rendez-vous{NBSP}: 14:02."),
        ("voir https://exemple.fr/a?b=c;d", "voir https://exemple.fr/a?b=c;d"),
        ("« oui »", f"«{NBSP}oui{NBSP}»"),
        ("« oui ».", f"«{NBSP}oui{NBSP}»."),
        ("«oui», dit-il", f"«{NBSP}oui{NBSP}», dit-il"),
        ("Quoi ?!", f"Quoi{NBSP}?!"),
        ("Vraiment ? (oui !)", f"Vraiment{NBSP}? (oui{NBSP}!)"),
        ("« Qui ? »", f"«{NBSP}Qui{NBSP}?{NBSP}»"),
    ],
)
def test_french_spaces(typed: str, printed: str) -> None:
    assert french_spaces(typed) == printed


@pytest.mark.parametrize(("name", "printed"), [("Bréaud", "BRÉAUD"), ("Strauß", "STRAUẞ"), ("N’Diaye", "N’DIAYE")])
def test_family_names_in_capitals_keep_their_accents(name: str, printed: str) -> None:
    assert capitals(name) == printed


@pytest.mark.parametrize(
    ("label", "inside"),
    [("Par téléphone", "par téléphone"), ("Dans GENESIS ou APPI", "dans GENESIS ou APPI"), ("SPIP", "SPIP"), ("", "")],
)
def test_a_label_inside_a_sentence_keeps_the_names_of_services(label: str, inside: str) -> None:
    assert uncapital(label) == inside
