"""What an officer sees: windows, pages and fields, in PySide6; it calls services and shows values."""

from spip_desktop.ui.immortal_none import keep_none

keep_none()
