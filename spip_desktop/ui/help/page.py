"""The keys of the program and what it does by itself, on one page that needs no network."""

from spip_desktop.domain.text import french_spaces
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services

_KEYS = (
    ("Ctrl+K", "Trouver une personne par son nom, son numéro d’écrou ou APPI"),
    ("Ctrl+F", "Chercher des mots dans le dossier ouvert"),
    ("F4", "Revenir à la dernière personne"),
    ("Ctrl+P", "Imprimer ce que montre la page"),
    ("Ctrl+Z", "Annuler le dernier acte de la page"),
    ("F9", "Discrétion : cacher les noms, le niveau et les alertes"),
    ("Ctrl+R", "Fixer un rendez-vous"),
    ("Ctrl+E", "Noter l’entretien d’aujourd’hui"),
    ("F7", "Dans une note : le mot suivant dont l’orthographe est à voir"),
    ("Ctrl+M", "Mode entretien : rester sur une seule personne"),
    ("Ctrl+L", "Verrouiller ; vous reviendrez au même champ"),
    ("F1", "Cette page"),
    ("Alt+Bas", "Dans un choix : ouvrir la liste ; Suppr retire la réponse"),
    ("Ctrl et +, Ctrl et -", "Agrandir ou réduire le texte"),
    ("Ctrl+1, 2, 3", "Dans la note : ses mots, à retenir, à reprendre"),
    ("Ctrl+Entrée", "Dans la note : faire un constat des mots choisis"),
    ("J, V, C, E", "Dans les obligations : justificatif, versement, vérification, échéancier"),
    ("Alt+Gauche, Alt+Droite", "Dans l’agenda : la période d’avant ou d’après ; Alt+Origine, aujourd’hui"),
    ("Gauche, Droite", "Dans la semaine de l’agenda : d’un jour à l’autre"),
    ("Alt+Haut, Alt+Bas", "Dans le PACEP : déplacer un axe, un objectif, une action"),
)
_BY_ITSELF = (
    "Chaque changement est enregistré en moins de deux secondes : « Enregistré à 14:02:31 » l’affirme.",
    "Ce qu’un champ ne peut pas encore accepter est gardé tel que tapé, même après un verrouillage.",
    "Une date se tape de plusieurs façons : 3/4/26, 030426, +3s (dans trois semaines), auj.",
    "Le logiciel ne propose ni niveau ni priorité. Il ne transmet rien et n’alerte personne à votre place.",
)


class HelpPage(Page):
    """Read only; Esc or the rail leaves it."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Aide", name="help")
        keys = TableView((Column("Touches", 200), Column("Ce qu’elles font")), name="help.keys", label="Touches")
        keys.set_rows([RecordRow(name, (Cell(name, bold=True), Cell(french_spaces(does)))) for name, does in _KEYS])
        lines = [Paragraph(french_spaces(sentence)) for sentence in _BY_ITSELF]
        self.add(Section("Au clavier", keys), Section("Ce que le programme fait seul", *lines, gap=8))
