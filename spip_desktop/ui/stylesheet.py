"""The small stylesheet of the controls Qt draws itself; the others are painted from the theme."""

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spip_desktop.ui.theme import Theme

_SHEET = Template("""
QMainWindow, QDialog { background: $surface; }
QWidget[ground="fond"] { background: $fond; }
QWidget[ground="surface"] { background: $surface; }
QWidget[ground="surface_2"] { background: $surface_2; }
QWidget[ground="alerte_fond"] { background: $alerte_fond; }
QWidget[ground="choix"] { background: $choix; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[ground="none"] { background: transparent; }

QLineEdit, QPlainTextEdit, QTextEdit {
  background: $surface; color: $texte; border: 1px solid $bord; border-radius: ${r}px;
  selection-background-color: $accent; selection-color: $sur_accent; placeholder-text-color: $texte_2;
}
QLineEdit { min-height: ${inner}px; padding: 0 ${s5}px; }
QPlainTextEdit, QTextEdit { padding: ${s4}px ${s4}px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover { border-color: $texte; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QTextEdit[problem="true"] {
  border: 2px solid $alerte;
}
QLineEdit[problem="true"] { min-height: ${inner_2}px; padding: 0 ${s4}px; }
QPlainTextEdit[problem="true"] { padding: ${s3}px ${s3}px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled { border: 1px dashed $bord; color: $inactif; }
QLineEdit[frozen="true"], QPlainTextEdit[frozen="true"] {
  border: 1px solid transparent; background: transparent; padding-left: 0;
}

QComboBox QAbstractItemView, QListView[popup="true"] {
  background: $surface; color: $texte; border: 1px solid $bord; outline: none;
  selection-background-color: $choix; selection-color: $sur_choix;
}
QComboBox QAbstractItemView::item { min-height: ${row}px; padding: 0 ${s8}px; }
QComboBox QAbstractItemView::item:selected { background: $choix; color: $sur_choix; }

QTreeView, QListView {
  background: transparent; border: none; outline: none;
  selection-background-color: $choix; selection-color: $sur_choix;
}
QTableView {
  background: transparent; border: none; outline: none; gridline-color: transparent;
  selection-background-color: transparent; selection-color: $texte;
}
QTableView::item:selected { background: transparent; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; border: none; }

QMenu { background: $surface; color: $texte; border: 1px solid $bord; padding: ${s4}px 0; }
QMenu::item { padding: ${s6}px ${s24}px ${s6}px ${s16}px; }
QMenu::item:selected { background: $choix; color: $sur_choix; }
QMenu::item:disabled { color: $inactif; }
QMenu::separator { height: 1px; background: $filet; margin: ${s4}px 0; }
QToolTip { background: $surface; color: $texte; border: 1px solid $bord; padding: ${s4}px ${s8}px; }

QScrollBar:vertical { background: transparent; width: ${s12}px; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: ${s12}px; margin: 0; border: none; }
QScrollBar::handle:vertical { background: $bord; min-height: ${s32}px; border-radius: ${bar_r}px; margin: ${s3}px; }
QScrollBar::handle:horizontal { background: $bord; min-width: ${s32}px; border-radius: ${bar_r}px; margin: ${s3}px; }
QScrollBar::handle:hover { background: $texte_2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $surface; border: 1px solid $bord; border-radius: ${r}px; height: ${s8}px; }
QProgressBar::chunk { background: $accent; border-radius: ${r1}px; }

QMessageBox QPushButton, QDialogButtonBox QPushButton {
  background: $surface; color: $texte; border: 1px solid $bord; border-radius: ${r}px;
  min-height: ${inner}px; padding: 0 ${s16}px;
}
QMessageBox QPushButton:hover, QDialogButtonBox QPushButton:hover { background: $surface_2; }
QMessageBox QPushButton:focus, QDialogButtonBox QPushButton:focus { border: 2px solid $texte; }
QMessageBox QPushButton:default, QDialogButtonBox QPushButton:default {
  background: $accent; color: $sur_accent; border-color: $accent;
}
""")


def stylesheet(theme: "Theme") -> str:
    """The application's stylesheet for a theme, every size in pixels at its text scale."""
    row, radius = theme.shape("row"), theme.shape("radius")
    spaces = {f"s{n}": theme.px(n) for n in (3, 4, 5, 6, 8, 12, 16, 24, 32)}
    sizes = {"row": row, "inner": row - 2, "inner_2": row - 4, "r": radius, "r1": max(1, radius - 1)}
    sizes |= {"bar_r": (spaces["s12"] - 2 * spaces["s3"]) // 2}
    return _SHEET.substitute(theme.colours, **sizes, **spaces)
