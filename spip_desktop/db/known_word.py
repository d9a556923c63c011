"""The words that officers taught the spelling, to and from their rows: nowhere but in the encrypted store."""

from uuid import UUID

from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.spelling import KnownWord

KNOWN_WORDS = Records("known_word", KnownWord, references={"person_id": "person"}, index=[("officer_id",)])


def of_officer(tx: Transaction, officer_id: UUID) -> list[KnownWord]:
    """Those of one officer, in the order of the alphabet."""
    return sorted(KNOWN_WORDS.find(tx, officer_id=officer_id), key=lambda one: (one.word.casefold(), one.id))
