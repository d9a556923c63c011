"""The follow-up of the day: a short evaluation, the plan and the person's answer, the sheet for the mission locale."""

from PySide6.QtCore import Qt

from spip_desktop.showing.gestures import Scene, fill_all, find_person, print_paper, type_in
from spip_desktop.showing.hand import Hand, pause

HALF_TYPED = "Je veux reprendre en cuis"
OBJECTIVE = "Je veux reprendre en cuisine et passer un CAP, avec un patron qui me laisse ma chance."
_NOTES = {
    "entourage": "Son frère Jordan et deux anciens collègues. « Eux, ils bossent. » S’éloigne du groupe du quartier.",
    "loisirs": "Cuisine pour la cellule le dimanche. Sport deux fois par semaine.",
    "situation_concrete": "Attend chez sa mère à Orsanne ; carte d’identité en renouvellement.",
}
_EMPLOYMENT = (
    "Dit qu’il n’a jamais aimé l’école, sauf l’atelier. Chez Bruno j’ai tenu huit mois à la plonge, "
    "je n’ai pas raté un service."
)
_AUTOSAVED = 1600  # milliseconds


# -- the evaluation ------------------------------------------------------------------------------------------


def evaluate(hand: Hand) -> None:
    find_person(hand, "45612")
    hand.click("rail.person.evaluation")
    hand.click("kind.courte")
    for field in ("entourage", "formation_emploi", "loisirs"):
        hand.click(f"short_fields.{field}")
    hand.fill("interview_on", "auj")
    hand.picture("11-evaluation-debut")
    hand.click("next")
    hand.click("cadre.accueil_role")
    hand.click("cadre.accueil_regles")
    _explore(hand)
    _conclude(hand)


def _explore(hand: Hand) -> None:
    hand.choose("state", "Exploré")
    hand.click("steps.formation_emploi")
    type_in(hand, "note", _EMPLOYMENT)
    _make_a_finding(hand)
    hand.choose("state", "Exploré")
    for step, note in _NOTES.items():
        hand.click(f"steps.{step}")
        type_in(hand, "note", note)
        hand.choose("state", "Exploré")


def _make_a_finding(hand: Hand) -> None:
    hand.press(Qt.Key.Key_Home, control=True)
    hand.press(Qt.Key.Key_End, control=True, shift=True)
    hand.click("make.un facteur")
    hand.click("make.protection")
    hand.fill("wording", "A tenu un emploi huit mois, sans absence.")
    hand.picture("12-evaluation-champ")


def _conclude(hand: Hand) -> None:
    hand.click("steps.analyse")
    type_in(hand, "note", "Veut un métier, tient quand on lui montre. Priorité à la qualification.")
    hand.choose("state", "Exploré")
    hand.click("need.add")
    hand.fill("wording", "Se qualifier dans un métier qui lui plaît")
    hand.picture("13-analyse")
    hand.click("steps.restitution")
    hand.click("next")  # the version would keep this step unexplored for ever: one is asked
    hand.see("freezing")
    hand.picture("14-avant-d-arreter")
    hand.click("freezing.0")
    type_in(hand, "note", "« C’est juste, mais il faut que le patron accepte. »")
    hand.choose("state", "Exploré")
    hand.click("next")
    hand.read("Version arrêtée")
    _share(hand)


def _share(hand: Hand) -> None:
    """The version is put to the person, on screen, the same day."""
    hand.click("evaluation.fact")
    hand.click("way.partagee")
    hand.click("fact.write")
    hand.read("partagée le")
    hand.picture("14-evaluation-arretee")


# -- the plan ------------------------------------------------------------------------------------------------


def plan(scene: Scene) -> None:
    hand = scene.hand
    hand.click("rail.person.pacep")
    hand.click("pacep.next")
    hand.click("level.regulier")
    hand.fill("level_reason", "Projet qui se précise, sortie dans cinq mois.")
    _write_an_axis(hand)
    fill_all(
        hand,
        (
            ("what_matters", "Avoir un métier, et qu’on me laisse ma chance."),
            ("strengths", "Vous avez tenu huit mois dans un emploi."),
            ("next_meeting", "Le jeudi à 14 h 30, au parloir avocat."),
            ("next_review", "+5m"),
        ),
    )
    hand.picture("15-pacep")
    hand.click("pacep.next")
    hand.read("Soumis à la personne")
    print_paper(scene)
    hand.picture("16-pacep-soumis")
    hand.click("pacep.next")
    hand.click("answer.yes")
    hand.fill("comment", "C’est bien ça, un patron qui me laisse ma chance.")
    hand.picture("17-accord")
    hand.click("fact.write")
    hand.picture("18-accord-note")


def _write_an_axis(hand: Hand) -> None:
    hand.click("add_axis")
    hand.fill("0*.title", "Travailler et se former")
    hand.click("0*.fold")
    hand.choose("need.*.tie", "Axe 1. Travailler et se former")
    hand.click("0*.add_objective")
    hand.fill("0*.wording", "Reprendre en cuisine et passer un CAP avec un patron")
    hand.fill("0*.indicator", "contrat ou entrée en formation signés")
    hand.fill("0*.due", "+6m")
    hand.click("0*.add_externe")
    hand.fill("0*.label", "Fiche pour la mission locale")
    hand.fill("0*.who", "C. Vasseur")
    hand.fill("0*.due", "+1m")
    hand.fill("0*.person_does", "Je prépare mon CV.")


# -- the sheet -----------------------------------------------------------------------------------------------


def begin_the_sheet(hand: Hand) -> None:
    """From the action of the plan that asks for it: one says to whom, that makes the sheet."""
    hand.click("0*.sheet")
    hand.fill("offers_filter", "mission locale")
    hand.click("offers.start")
    hand.fill("objective_words", HALF_TYPED)
    hand.picture("19-fiche-a-demi-tapee")


def finish_the_sheet(scene: Scene) -> None:
    hand = scene.hand
    hand.fill("objective_words", OBJECTIVE)
    _say_what_is_shared(hand)
    _say_to_whom(hand)
    pause(_AUTOSAVED)
    hand.picture("22-fiche")
    hand.click("sheet.next")
    hand.picture("23-fiche-prete")
    hand.click("sheet.next")
    print_paper(scene, asked=True)
    hand.click("sheet.next")
    hand.click("answer.yes")
    hand.picture("24-accord")
    hand.click("fact.write")
    hand.click("sheet.next")
    hand.choose("fact.channel", "À la permanence*")
    hand.picture("25-remise")
    hand.click("fact.write")
    hand.read("à la permanence en établissement")
    hand.picture("26-remise-notee")


def _say_what_is_shared(hand: Hand) -> None:
    for ask in ("diagnostic", "formation", "emploi"):
        hand.click(f"asks.{ask}")
    for field in (
        "objectif", "naissance", "bilan_avant", "date_utile", "joindre", "residence", "autorise_travail",
        "france_travail", "compte_bancaire", "niveau", "experiences", "langues", "ppaip", "disponibilite",
    ):  # fmt: skip
        hand.click(f"ticked.{field}")


def _say_to_whom(hand: Hand) -> None:
    hand.choose("service_id", "Mission locale du Pays de Valbrune*")
    pause(_AUTOSAVED)  # its counsellors are then offered
    hand.choose("contact_id", "Hugo Marchetti")
    fill_all(
        hand,
        (
            ("meeting_on", "+1m"),
            ("meeting_hour", "9h30"),
            ("meeting_place", "maison d’arrêt de Valbrune"),
            ("report_wanted_by", "+6s"),
            ("useful_on", "+2m"),
        ),
    )
    hand.click("near_employment.oui")
    hand.fill("near_employment_reason", "A tenu huit mois en cuisine.")
    hand.fill("values.disponibilite", "Du lundi au vendredi, temps plein.")
