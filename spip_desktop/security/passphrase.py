"""What a passphrase and an identifier must be: long enough, not guessable, no name (ASVS 6.2; L. 113-3-1)."""

import unicodedata
from collections.abc import Iterable

from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.text import clean, fold, fold_joined
from spip_desktop.security.common_words import COMMON_WORDS, SERVICE_WORDS

SHORTEST = 15  # characters, after NFC; there is no longest and no rule of composition
SHORTEST_IDENTIFIER, LONGEST_IDENTIFIER = 2, 40
# With the shipped Argon2id a graphics card tries some hundred phrases a second: 10^12 holds one busy for decades.
FEWEST_GUESSES = 10**12
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
    words = _words(context)
    if _guesses(phrase, [*words, *SERVICE_WORDS, *COMMON_WORDS]) >= FEWEST_GUESSES:
        return
    # Said apart, so that the officer knows which words to leave out.
    known = _guesses(phrase, COMMON_WORDS) >= FEWEST_GUESSES
    raise Refusal("passphrase_context" if known else "passphrase_guessable", field)


def check_identifier(identifier: str, names: Iterable[str] = (), taken: Iterable[str] = ()) -> str:
    """The identifier as kept. Refusals: `identifier_length`, `identifier_is_name`, `identifier_taken`."""
    kept = clean(identifier).strip()
    problems = []
    if not SHORTEST_IDENTIFIER <= len(kept) <= LONGEST_IDENTIFIER:
        limits: dict[str, object] = {"shortest": SHORTEST_IDENTIFIER, "longest": LONGEST_IDENTIFIER}
        problems.append(Problem("identifier_length", "identifier", limits))
    if set(fold(kept).split()) & set(_words(names)):
        problems.append(Problem("identifier_is_name", "identifier"))
    if any(same_identifier(kept, other) for other in taken):
        problems.append(Problem("identifier_taken", "identifier"))
    refuse_if_any(problems)
    return kept


def same_identifier(one: str, other: str) -> bool:
    """Case, accents and spaces around do not tell two identifiers apart."""
    return fold(one) == fold(other)


def _words(texts: Iterable[str]) -> list[str]:
    """The folded words of at least three signs: « de », « la » say nothing about an officer."""
    return [word for text in texts for word in fold(text).split() if len(word) >= 3]


def _guesses(phrase: str, words: Iterable[str]) -> float:
    """How many tries a knowing guesser needs; neither accents nor spaces may hide a word from the count."""
    from zxcvbn import zxcvbn

    inputs = list(words)
    forms = {phrase, fold(phrase), fold_joined(phrase).replace(" ", "")}
    return min(float(zxcvbn(form[:_EVALUATED], user_inputs=inputs)["guesses"]) for form in forms if form)
