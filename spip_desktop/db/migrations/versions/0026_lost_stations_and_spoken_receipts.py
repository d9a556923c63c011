"""A station that is lost; a receipt told by phone; whom a received package is about."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contact_station", sa.Column("revoked_on", sa.Date(), nullable=True))
    op.add_column("package_received", sa.Column("persons", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("package_received", sa.Column("content_sha256", sa.Text(), nullable=False, server_default=""))
    op.add_column("package_sent", sa.Column("by_phone", sa.Boolean(), nullable=False, server_default=sa.false()))
