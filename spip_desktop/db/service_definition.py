"""The sheets and the forms of the service's own, to and from their rows."""

from spip_desktop.db.records import Records
from spip_desktop.domain.service_definition import ServiceVersion

SERVICE_SHEETS = Records("service_sheet", ServiceVersion, index=[("code",)])
SERVICE_FORMS = Records("service_form", ServiceVersion, index=[("code",)])
