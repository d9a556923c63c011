"""What an officer sees: windows, pages and fields, in PySide6; it calls services and shows values."""

from spip_desktop.ui.plain_import import restore_import

restore_import()  # before any other import, each of which it makes cheaper

from spip_desktop.ui.immortal_none import keep_none  # noqa: E402

keep_none()
