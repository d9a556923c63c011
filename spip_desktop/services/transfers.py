"""Transfers between stations, as pages and the command line reach them."""

from collections.abc import Callable

from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_contacts import TransferContacts
from spip_desktop.services.transfer_receiving import TransferReceiving
from spip_desktop.services.transfer_sending import TransferSending
from spip_desktop.services.transfer_sources import Arrivals, Sources
from spip_desktop.services.transfer_visa import TransferVisa


class TransferService:
    """`contacts` are the stations, `sending` writes packages, `receiving` reads them, `visas` tells of visas."""

    def __init__(
        self,
        context: Context,
        access: AccessService,
        sources: Sources,
        arrivals: Arrivals,
        reauthenticate: Callable[[str], None],
        back_up: Callable[[], object],
    ) -> None:
        self.contacts = TransferContacts(context)
        self.sending = TransferSending(context, self.contacts, sources, reauthenticate)
        self.visas = TransferVisa(context, access)
        self.receiving = TransferReceiving(context, self.contacts, arrivals, back_up)
