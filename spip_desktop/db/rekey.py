"""Another key for the whole store: SQLCipher writes every page again, in one transaction."""

import sqlcipher3.dbapi2 as sqlcipher

from spip_desktop.db.connection import Connector, refuse_wrong_key
from spip_desktop.db.store import Store
from spip_desktop.domain.errors import Refusal


def rekey(store: Store, key: bytes) -> None:
    """Put the store under another key (1 to 2 s for 150 MB); nobody else reads or writes meanwhile.

    Killed at any instant, the file opens with the former key or with the new one. When this returns, nothing
    under the former key is left, in the file or in its WAL. Refusal `rekey_failed`: the key is the former one.
    """
    assert isinstance(store.connect, Connector)
    with store.alone() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        try:
            connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"").fetchall()
            refuse_wrong_key(store.path, key)  # SQLCipher answers nothing, also when it could not
        except (sqlcipher.DatabaseError, Refusal):
            raise Refusal("rekey_failed") from None
        store.connect.change(key)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
