"""Plans written before objectives had a family are read by this version: that of the axis passes to them."""

from spip_desktop.db import migrate
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.store import make_engine
from spip_desktop.services.context import Context
from tests.pacep_fixtures import Written
from tests.store_fixtures import KEY

#: What revision 0007 added.
ADDED = (("pacep", "gaps"), ("pacep_axes_objectives", "family"), ("pacep_axes_objectives", "later"))


def test_the_family_of_an_axis_passes_to_its_objectives(written: Written, context: Context) -> None:
    engine = make_engine(context.store.path, KEY)
    with engine.connect() as connection:
        for table, column in (
            ("pacep", "gaps"),
            ("pacep_axes_objectives", "family"),
            ("pacep_axes_objectives", "later"),
        ):
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.exec_driver_sql("ALTER TABLE pacep_axes ADD COLUMN family TEXT NOT NULL DEFAULT 'capacites'")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0006'")
        connection.commit()
        migrate._run(connection, "0007")
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{migrate.HEAD}'")
        connection.commit()
    engine.dispose()
    with context.store.reading() as tx:
        plan = PACEPS.get(tx, written.plan)
    objective = plan.axes[0].objectives[0]
    assert (objective.family, objective.later, dict(plan.gaps)) == ("capacites", False, {})
