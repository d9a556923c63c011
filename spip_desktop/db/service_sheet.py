"""The sheets of the service's own, to and from their rows."""

from spip_desktop.db.records import Records
from spip_desktop.domain.service_definition import ServiceSheet

SERVICE_SHEETS = Records("service_sheet", ServiceSheet, index=[("code",)])
