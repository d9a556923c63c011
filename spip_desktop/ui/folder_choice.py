"""A folder or a file chosen on this machine; Qt's own dialog would remember the last one in clear: it forgets it."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """The folder, or None when nothing was chosen."""
    return _forgotten(QFileDialog.getExistingDirectory(parent, title))


def choose_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """A file to read (`kinds` as Qt writes them), or None."""
    return _forgotten(QFileDialog.getOpenFileName(parent, title, "", kinds)[0])


def choose_new_file(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Where to write a file, or None."""
    return _forgotten(QFileDialog.getSaveFileName(parent, title, name, kinds)[0])


def _forgotten(chosen: str) -> Path | None:
    QSettings(QSettings.Scope.UserScope, "QtProject").remove("FileDialog")
    return Path(chosen) if chosen else None
