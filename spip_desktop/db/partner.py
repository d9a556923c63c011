"""Partners, to and from their rows."""

from spip_desktop.db.records import Records
from spip_desktop.domain.partner import Partner

PARTNERS = Records("partner", Partner)
