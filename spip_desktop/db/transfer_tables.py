"""What a station notes of its exchanges: what waits, and what is in dispute."""

import sqlalchemy as sa

from spip_desktop.db.schema import METADATA, Instant

#: Lines that could not be taken yet, as they arrived: their base, or what they point at, is still to come.
WAITING = sa.Table(
    "transfer_waiting",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),  # of the revision
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("object_id", sa.Uuid, nullable=False, index=True),
    sa.Column("person_id", sa.Uuid, index=True),
    sa.Column("reason", sa.String(40), nullable=False),
    sa.Column("line", sa.Text, nullable=False),
    sa.Column("package_id", sa.Uuid, nullable=False),
    sa.Column("arrived_at", Instant, nullable=False),
)

#: Records whose last revisions an officer has to settle; what they say is read from the revisions themselves.
DISPUTES = sa.Table(
    "transfer_dispute",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("object_id", sa.Uuid, nullable=False, unique=True),
    sa.Column("person_id", sa.Uuid, index=True),
    sa.Column("reason", sa.String(40), nullable=False),
    sa.Column("package_id", sa.Uuid, nullable=False),
    sa.Column("found_at", Instant, nullable=False),
)
