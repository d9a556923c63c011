"""The words that an officer teaches the spelling: their own, in the encrypted store and nowhere else."""

from uuid import UUID

from spip_desktop.db.known_word import KNOWN_WORDS, of_officer
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.spelling import KnownWord, words_of
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context

KIND = "known_word"


class SpellingService:
    """One's own words: no right is asked; a word taught in a dossier is erased with it."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def mine(self) -> tuple[KnownWord, ...]:
        """In the order of the alphabet."""
        with self._context.store.reading() as tx:
            return tuple(of_officer(tx, self._context.officer_id))

    def teach(self, word: str, person_id: UUID | None = None) -> None:
        """Hold a word for right, in every dossier of this officer. Refusal `spelling_no_word`."""
        found = next(words_of(word.strip()), None)
        if found is None or found.word != word.strip():
            raise Refusal("spelling_no_word", "word")
        with self._context.store.transaction(self._context.actor, "teach_word") as tx:
            if person_id is not None:
                self._access.require(tx, person_id)
            if any(one.word == found.word for one in of_officer(tx, self._context.officer_id)):
                return
            made = KnownWord(id=tx.ids.new(), officer_id=self._context.officer_id, word=found.word, person_id=person_id)
            KNOWN_WORDS.save(tx, made)
            tx.note(KIND, made.id)

    def forget(self, word_id: UUID) -> None:
        """Take back one of one's words; it is underlined again."""
        with self._context.store.transaction(self._context.actor, "forget_word") as tx:
            if KNOWN_WORDS.get(tx, word_id).officer_id != self._context.officer_id:
                raise Refusal("not_found", kind=KIND)
            KNOWN_WORDS.bin(tx, word_id)
            tx.note(KIND, word_id)
