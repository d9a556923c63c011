"""« Réglages »: this workstation, the officer, their keys, the service and its officers."""

from spip_desktop.ui.settings.page import SettingsPage

__all__ = ["PAGES", "SettingsPage"]

PAGES = {"settings": SettingsPage}
