"""Partners of the service, to and from their rows."""

from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.partner import NeedPartner, Partner

PARTNERS = Records("partner", Partner)
"""The directory of partners, kept by hand: a structure, its conventions, its services, their contacts."""

NEED_PARTNERS = Records("need_partner", NeedPartner, references={"partner_id": "partner"}, index=[("partner_id",)])
"""Which partners are thought of for which need, kept by hand."""


def offered(tx: Transaction) -> list[Partner]:
    """Those to whom new sheets may be addressed today."""
    today = tx.clock.today()
    return [one for one in PARTNERS.find(tx) if one.offered_on(today)]
