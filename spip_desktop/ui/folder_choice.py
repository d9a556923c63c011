"""A folder chosen on this machine; Qt's own dialog remembers the last one in clear, and is made to forget it."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """The folder, or None when nothing was chosen."""
    chosen = QFileDialog.getExistingDirectory(parent, title)
    QSettings(QSettings.Scope.UserScope, "QtProject").remove("FileDialog")
    return Path(chosen) if chosen else None
