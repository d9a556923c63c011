"""What a passphrase and an identifier must be: long enough, not guessable, no name (ASVS 6.2; L. 113-3-1)."""

import unicodedata
from collections.abc import Iterable

from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.text import clean, fold, fold_joined
from spip_desktop.security.common_words import COMMON_WORDS, SERVICE_WORDS

SHORTEST = 15  # characters, after NFC; there is no longest and no rule of composition
SHORTEST_IDENTIFIER, LONGEST_IDENTIFIER = 2, 40
# With the shipped Argon2id a graphics card tries some hundred phrases a second: 10^13 keeps a hundred of them
# busy for decades. zxcvbn counts at least 10^12 for any four words, even all known: hence the second rule.
FEWEST_GUESSES = 10**13
FEWEST_LEFT = 8  # signs that are in none of the words a colleague, or anyone, would try first
_EVALUATED = 72  # characters: zxcvbn's work grows with the square of the length; more can only add strength


def secret_of(passphrase: str) -> bytes:
    """The bytes that are derived: NFC, so that é typed on any keyboard is the same; never cut."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def check_passphrase(passphrase: str, context: Iterable[str] = (), field: str = "passphrase") -> None:
    """Refuse a weak passphrase: `passphrase_short` (shortest, count), `passphrase_context`, `passphrase_guessable`.

    `context` is what a colleague knows: the officer's names, the identifier, the department, the prison.
    """
    phrase = unicodedata.normalize("NFC", passphrase)
    if len(phrase) < SHORTEST:
        raise Refusal("passphrase_short", field, shortest=SHORTEST, count=len(phrase))
    expected = [*_words(context), *SERVICE_WORDS]
    if _left(phrase, expected) < FEWEST_LEFT <= _left(phrase, ()):
        raise Refusal("passphrase_context", field)
    known = [*expected, *COMMON_WORDS]
    if _left(phrase, known) < FEWEST_LEFT or _guesses(phrase, known) < FEWEST_GUESSES:
        raise Refusal("passphrase_guessable", field)


def check_identifier(identifier: str, names: Iterable[str] = (), taken: Iterable[str] = ()) -> str:
    """The identifier as kept. Refusals: `identifier_length`, `identifier_is_name`, `identifier_taken`."""
    kept = clean(identifier).strip()
    problems = []
    if not SHORTEST_IDENTIFIER <= len(kept) <= LONGEST_IDENTIFIER:
        limits: dict[str, object] = {"shortest": SHORTEST_IDENTIFIER, "longest": LONGEST_IDENTIFIER}
        problems.append(Problem("identifier_length", "identifier", limits))
    if _holds_a_name(kept, names):
        problems.append(Problem("identifier_is_name", "identifier"))
    if any(same_identifier(kept, other) for other in taken):
        problems.append(Problem("identifier_taken", "identifier"))
    refuse_if_any(problems)
    return kept


def same_identifier(one: str, other: str) -> bool:
    """Case, accents and spaces around do not tell two identifiers apart."""
    return fold(one) == fold(other)


def _holds_a_name(identifier: str, names: Iterable[str]) -> bool:
    """« ebreaud » and « e.breaud » name the officer as surely as « Bréaud »; a name of three letters only alone."""
    letters = "".join(sign for sign in _joined(identifier) if sign.isalnum())
    words = _words(names)
    return any(word in letters for word in words if len(word) > 3) or bool(set(fold(identifier).split()) & set(words))


def _words(texts: Iterable[str]) -> list[str]:
    """The folded words of at least three signs: « de », « la » say nothing about an officer."""
    return [word for text in texts for word in fold(text).split() if len(word) >= 3]


def _left(phrase: str, words: Iterable[str]) -> int:
    """How many signs remain once these words are taken out, accents and spaces not counting."""
    rest = _joined(phrase)
    for word in sorted({_joined(word) for word in words}, key=len, reverse=True):
        if len(word) >= 4:  # shorter ones would eat into words that are nobody's
            rest = rest.replace(word, " ")
    return len(rest.replace(" ", ""))


def _joined(text: str) -> str:
    return fold_joined(text).replace(" ", "")


def _guesses(phrase: str, words: Iterable[str]) -> float:
    """How many tries a knowing guesser needs; neither accents nor spaces may hide a word from the count."""
    from zxcvbn import zxcvbn

    inputs = list(words)
    forms = {phrase, fold(phrase), _joined(phrase)}
    return min(float(zxcvbn(form[:_EVALUATED], user_inputs=inputs)["guesses"]) for form in forms if form)
