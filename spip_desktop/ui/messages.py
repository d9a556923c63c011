"""The one dialog the program shows by itself: something went wrong in it."""

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
    box = QMessageBox(parent)
    box.setObjectName("bug")
    box.setWindowTitle("SPIP Desktop")
    box.setText(bug_sentence(code))
    button = box.addButton("Continuer", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(button)
    box.setEscapeButton(button)
    box.open()
    return box
