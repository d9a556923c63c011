"""What the counsellor does in the working day, one step after the other, in the words of the screen."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from spip_desktop.showing.hand import Hand, NotSeen, pause

PASSPHRASE = "quatre girafes boivent du thé tiède"
HALF_TYPED = "Je veux reprendre en cuis"
OBJECTIVE = "Je veux reprendre en cuisine et passer un CAP, avec un patron qui me laisse ma chance."
_NOTE = (
    "Dit qu’il n’a jamais aimé l’école, sauf l’atelier. Chez Bruno j’ai tenu huit mois à la plonge, "
    "je n’ai pas raté un service."
)


@dataclass(slots=True)
class Scene:
    """The hand that plays, and the folder where the printer leaves its papers."""

    hand: Hand
    papers: Path

    def printed(self) -> int:
        return len(list(self.papers.glob("*.pdf")))


def first_act(scene: Scene) -> None:
    """From the first start to a sheet half written, then Ctrl+L: this process ends here."""
    _start_for_the_first_time(scene)
    _start_a_dossier(scene.hand)
    _write_the_situation(scene.hand)
    _assign(scene.hand)
    _write_a_partner(scene.hand)
    _evaluate(scene.hand)
    _plan(scene)
    _begin_the_sheet(scene.hand)
    scene.hand.press(Qt.Key.Key_L, control=True)


def second_act(scene: Scene) -> None:
    """After the lock: the same field and the same text; the sheet is finished, printed, signed, handed over."""
    hand = scene.hand
    hand.see("passphrase.editor")
    hand.picture("20-verrouille")
    _unlock(hand)
    hand.see("objective_words.editor")
    hand.until(lambda: HALF_TYPED in _text(hand, "objective_words"), "le texte à demi tapé n’est pas revenu")
    hand.until(lambda: _has_focus(hand, "objective_words"), "le curseur n’est pas revenu dans son champ")
    hand.picture("21-retour-au-meme-champ")
    _finish_the_sheet(scene)
    hand.window().close()


def third_act(scene: Scene) -> None:
    """Tomorrow: everything is there, and the reprint is the same paper to the byte."""
    hand = scene.hand
    _unlock(hand)
    hand.click("rail.persons")
    hand.see("persons")
    hand.press(Qt.Key.Key_K, control=True)
    hand.type("perrin")
    hand.press(Qt.Key.Key_Return)
    hand.see("person.synthese")
    hand.picture("30-le-lendemain")
    hand.click("rail.person.prescriptions")
    hand.see("sheets.table").setFocus()
    hand.press(Qt.Key.Key_Return)
    hand.see("sheet.print")
    _print(scene)
    papers = sorted(scene.papers.glob("*.pdf"))
    if papers[-1].read_bytes() != papers[-2].read_bytes():
        raise NotSeen("la réimpression n’est pas la fiche remise")
    hand.picture("31-reimprimee")
    hand.window().close()


# -- the first start -----------------------------------------------------------------------------------------


def _start_for_the_first_time(scene: Scene) -> None:
    hand = scene.hand
    hand.see("notice_read")
    hand.picture("01-avertissement")
    hand.click("notice_read")
    hand.click("next")
    for name, text in (
        ("service.name", "SPIP de l’Orsanne"),
        ("service.branch", "antenne de Valbrune"),
        ("service.address", "4, rue des Tanneurs"),
        ("service.postal_code", "31999"),
        ("service.city", "Valbrune"),
        ("identifier", "valbrune-07"),
        ("family_name", "Vasseur"),
        ("first_name", "Claire"),
        ("phone", "05 36 49 12 07"),
        ("email", "c.vasseur@antenne-valbrune.example"),
    ):
        hand.fill(name, text)
    hand.choose("title", "Madame")
    hand.picture("02-service-et-agent")
    hand.click("next")
    hand.fill("passphrase", PASSPHRASE)
    hand.fill("again", PASSPHRASE)
    hand.picture("03-phrase-de-passe")
    hand.click("next")
    _copy_the_key(scene)


def _copy_the_key(scene: Scene) -> None:
    """Print the key, then type back the two groups that are asked, as read on the screen."""
    hand = scene.hand
    hand.see("confirm")
    hand.picture("04-cle-de-secours")
    hand.click("print")
    hand.until(lambda: scene.printed() == 1, "la clé de secours n’est pas imprimée")
    shown = [one.text() for one in hand.window().findChildren(QLabel) if one.isVisible()]
    groups = dict(text.split(".\u00a0") for text in shown if text[:1].isdigit() and ".\u00a0" in text)
    for number, group in groups.items():
        if hand.sees(f"group_{number}"):
            hand.fill(f"group_{number}", group)
    hand.click("confirm")
    hand.see("persons.new")
    hand.picture("05-personnes")


def _unlock(hand: Hand) -> None:
    hand.see("open")
    hand.until(lambda: bool(_text(hand, "identifier")), "l’identifiant n’est pas proposé")
    hand.click("passphrase.editor")
    hand.type(PASSPHRASE)
    hand.press(Qt.Key.Key_Return)


# -- the person ----------------------------------------------------------------------------------------------


def _start_a_dossier(hand: Hand) -> None:
    hand.click("persons.new")
    hand.see("person.new")
    for name, text in (
        ("birth_name", "Perrin"),
        ("first_names", "Loïc"),
        ("birth_date", "14/3/04"),
        ("ecrou_number", "45612"),
    ):
        hand.fill(name, text)
    hand.picture("06-nouveau-dossier")
    hand.click("person.new.create")


def _write_the_situation(hand: Hand) -> None:
    hand.see("rail.person.situation")
    hand.click("rail.person.situation")
    hand.click("situation.tabs.civil")
    hand.click("sex.M")
    hand.click("title.Monsieur")
    hand.picture("07-situation-civile")
    hand.click("situation.tabs.penal")
    hand.click("custodies.1.open")
    hand.fill("custodies.1.establishment", "MA de Valbrune")
    hand.choose("custodies.1.penal_category", "Condamné(e)")
    hand.fill("custodies.1.starts", "22/4/26")
    release = QDate.currentDate().addMonths(5)
    hand.click("sheets.add")
    hand.fill("sheets.1.sentence_start", "22/4/26")
    hand.fill("sheets.1.end_official", release.toString("dd/MM/yyyy"))
    hand.click("custodies.1.open")
    pause(1600)
    hand.picture("08-situation-penale")


def _assign(hand: Hand) -> None:
    """Without a DPIP in the store, the counsellor takes the dossier with a written reason."""
    hand.click("situation.tabs.contacts")
    hand.picture("09-contacts-et-suivi")


# -- the partner ---------------------------------------------------------------------------------------------


def _write_a_partner(hand: Hand) -> None:
    hand.click("rail.partners")
    hand.click("partners.add")
    hand.fill("partners_new", "Mission locale du Pays de Valbrune")
    hand.click("partners.write")
    hand.fill("address", "2, place du Marché")
    hand.fill("postal_code", "31999")
    hand.fill("city", "Valbrune")
    hand.picture("10-partenaire")


# -- the evaluation ------------------------------------------------------------------------------------------


def _evaluate(hand: Hand) -> None:
    _find(hand, "45612")
    hand.click("rail.person.evaluation")
    hand.click("kind.courte")
    for field in ("entourage", "formation_emploi", "loisirs"):
        hand.click(f"short_fields.{field}")
    hand.fill("interview_on", "auj")
    hand.picture("11-evaluation-debut")
    hand.click("next")
    hand.click("cadre.accueil_role")
    hand.click("cadre.accueil_regles")
    hand.click("steps.formation_emploi")
    _note_and_make(hand)
    for step in ("formation_emploi", "entourage", "loisirs"):
        hand.click(f"steps.{step}")
        hand.choose("state", "Exploré")
    hand.click("steps.analyse")
    _type_in(hand, "note", "Veut un métier, tient quand on lui montre. Priorité à la qualification.")
    hand.click("need.add")
    hand.fill("wording", "Se qualifier dans un métier qui lui plaît")
    hand.picture("13-analyse")
    hand.click("steps.restitution")
    hand.click("next")
    hand.read("Version arrêtée")
    hand.picture("14-evaluation-arretee")


def _note_and_make(hand: Hand) -> None:
    _type_in(hand, "note", _NOTE)
    hand.press(Qt.Key.Key_Home, control=True)
    hand.press(Qt.Key.Key_End, control=True, shift=True)
    hand.click("make.un facteur")
    hand.click("make.protection")
    hand.fill("wording", "A tenu un emploi huit mois, sans absence.")
    hand.picture("12-evaluation-champ")


# -- the plan ------------------------------------------------------------------------------------------------


def _plan(scene: Scene) -> None:
    hand = scene.hand
    hand.click("rail.person.pacep")
    hand.click("pacep.next")
    hand.click("level.regulier")
    hand.fill("level_reason", "Projet qui se précise, sortie dans cinq mois.")
    hand.fill("next_review", "+5m")
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
    hand.picture("15-pacep")
    hand.click("pacep.next")
    hand.read("Soumis à la personne")
    _print(scene)
    hand.picture("16-pacep-soumis")
    hand.click("pacep.next")
    hand.click("answer.yes")
    hand.picture("17-accord")
    hand.click("fact.write")
    hand.picture("18-accord-note")


def _begin_the_sheet(hand: Hand) -> None:
    hand.click("rail.person.prescriptions")
    hand.click("sheets.new")
    _type_in(hand, "objective_words.editor", HALF_TYPED)
    hand.picture("19-fiche-a-demi-tapee")


def _finish_the_sheet(scene: Scene) -> None:
    hand = scene.hand
    hand.fill("objective_words", OBJECTIVE)
    for ask in ("diagnostic", "formation", "emploi"):
        hand.click(f"asks.{ask}")
    for field in ("objectif", "naissance", "bilan_avant", "joindre", "niveau", "disponibilite"):
        hand.click(f"ticked.{field}")
    hand.choose("service_id", "Mission locale du Pays de Valbrune*")
    hand.click("near_employment.oui")
    hand.fill("near_employment_reason", "A tenu huit mois en cuisine.")
    hand.fill("values.disponibilite", "Du lundi au vendredi, temps plein.")
    pause(1600)
    hand.picture("22-fiche")
    hand.click("sheet.next")
    hand.picture("23-fiche-prete")
    hand.click("sheet.next")
    _print(scene, asked=True)
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


# -- small gestures ------------------------------------------------------------------------------------------


def _print(scene: Scene, *, asked: bool = False) -> None:
    """Print on the only printer, and wait for the paper."""
    before = scene.printed()
    if not asked:
        scene.hand.press(Qt.Key.Key_P, control=True)
    scene.hand.click("printing.go")
    scene.hand.until(lambda: scene.printed() == before + 1, "rien n’est sorti de l’imprimante")


def _find(hand: Hand, number: str) -> None:
    hand.press(Qt.Key.Key_K, control=True)
    hand.type(number)
    hand.press(Qt.Key.Key_Return)
    hand.see("rail.person.evaluation")


def _type_in(hand: Hand, name: str, text: str) -> None:
    hand.click(name)
    hand.see(name).setFocus()
    hand.type(text)


def _text(hand: Hand, name: str) -> str:
    editor = hand.see(f"{name}.editor")
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def _has_focus(hand: Hand, name: str) -> bool:
    return hand.see(f"{name}.editor").hasFocus()
