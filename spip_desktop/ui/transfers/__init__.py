"""Transfers: packages sent and received, stations one writes to."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.transfers.contacts_page import ContactsPage
from spip_desktop.ui.transfers.list_page import TransfersPage
from spip_desktop.ui.transfers.package_page import PackagePage
from spip_desktop.ui.transfers.prepare_page import PreparePage
from spip_desktop.ui.transfers.receive_page import ReceivePage
from spip_desktop.ui.transfers.received_page import ReceivedPage
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {
    "transfers": TransfersPage,
    "transfers.prepare": PreparePage,
    "transfers.package": PackagePage,
    "transfers.receive": ReceivePage,
    "transfers.received": ReceivedPage,
    "transfers.contacts": ContactsPage,
}
