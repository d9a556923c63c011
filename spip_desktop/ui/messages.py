"""The one dialog the program shows by itself: something went wrong in it, or the store took nothing."""

from PySide6.QtWidgets import QMessageBox, QWidget

from spip_desktop.domain.text import NBSP


def bug_sentence(code: str) -> str:
    """What an officer reads when the program has failed."""
    return (
        "Le programme a rencontré une erreur. Ce qui est enregistré est intact"
        f"{NBSP}; vérifiez l’heure d’enregistrement en haut de la fenêtre.\n\n"
        f"Si cela se reproduit, donnez ce code à votre correspondant informatique{NBSP}: {code}"
    )


def show_bug(code: str, parent: QWidget | None = None) -> QMessageBox:
    """Open the dialog without stopping the program; it closes with « Continuer »."""
    return _show("bug", bug_sentence(code), parent)


def show_unsaved(said: str, parent: QWidget | None = None) -> QMessageBox:
    """Tell what the store did not take, where no page does: nothing is wrong with the program."""
    return _show("unsaved", said, parent)


def _show(name: str, said: str, parent: QWidget | None) -> QMessageBox:
    box = QMessageBox(parent)
    box.setObjectName(name)
    box.setWindowTitle("SPIP Desktop")
    box.setText(said)
    button = box.addButton("Continuer", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(button)
    box.setEscapeButton(button)
    box.open()
    return box
