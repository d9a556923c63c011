"""The dossier of the day: a person who arrives in detention, their situation, who follows them, a partner."""

from PySide6.QtCore import QDate

from spip_desktop.showing.gestures import fill_all
from spip_desktop.showing.hand import Hand, pause

_AUTOSAVED = 1600  # milliseconds


def start_a_dossier(hand: Hand) -> None:
    """Four fields and one tick: who starts the dossier follows it, where no DPIP assigns."""
    hand.click("rail.persons")
    hand.click("persons.new")
    hand.see("person.new")
    fill_all(
        hand,
        (
            ("birth_name", "Perrin"),
            ("first_names", "Loïc"),
            ("birth_date", "14/3/04"),
            ("ecrou_number", "45612"),
        ),
    )
    hand.picture("06-nouveau-dossier")
    hand.click("person.new.create")


def write_the_situation(hand: Hand) -> None:
    hand.see("rail.person.situation")
    hand.click("rail.person.situation")
    hand.click("situation.tabs.civil")
    _write_who(hand)
    hand.picture("07-situation-civile")
    _write_where(hand)
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
    pause(_AUTOSAVED)
    hand.picture("08-situation-penale")


def _write_who(hand: Hand) -> None:
    """What the interview of arrival tells, and what a mission locale will ask."""
    for choice in ("sex.M", "title.Monsieur", "phone_state.numero", "bank_account.oui", "france_travail.non"):
        hand.click(choice)
    for choice in ("allowed_to_work.oui", "known_mission_locale.oui"):
        hand.click(choice)
    hand.choose("contact_preference", "Par téléphone")
    hand.choose("literacy", "Avec difficulté")
    hand.choose("education_level", "Brevet des collèges ou CFG")
    hand.choose("job_status", "Recherche un emploi")
    fill_all(
        hand,
        (
            ("phone", "06 39 98 45 12"),
            ("languages", "français"),
            ("last_diploma", "brevet, 2019, une année de CAP cuisine"),
            ("experience", "plongeur, 8 mois\nmanutentionnaire, 5 mois\ncommis de cuisine, 3 mois"),
            ("known_mission_locale_where", "Orsanne, en 2022"),
            ("driving_licence", "sans permis"),
            ("mobility", "bus"),
            ("digital", "téléphone, courriel à créer"),
        ),
    )
    hand.click("preparations.add")
    hand.choose("preparations.1.state", "Terminée")
    fill_all(hand, (("starts", "5/10/26"), ("ends", "1/11/26")), "preparations.1.")
    hand.click("sex.M")  # back at the head of the page


def _write_where(hand: Hand) -> None:
    hand.click("addresses.add")
    hand.choose("addresses.1.kind", "Adresse à la sortie")
    fill_all(
        hand,
        (
            ("host_name", "Nathalie Perrin"),
            ("line", "7, rue du Lavoir"),
            ("postal_code", "31998"),
            ("city", "Orsanne"),
        ),
        "addresses.1.",
    )
    hand.click("addresses.1.open")
    hand.click("documents.add")
    hand.choose("documents.1.kind", "Carte nationale d’identité")
    hand.choose("documents.1.state", "En renouvellement")
    hand.click("documents.1.open")
    pause(_AUTOSAVED)


def see_who_follows(hand: Hand) -> None:
    """The tick of the start made the counsellor the one who follows; the mother is written as a contact."""
    hand.click("situation.tabs.contacts")
    hand.read("Claire Vasseur")
    hand.click("contacts.add")
    hand.choose("contacts.1.kind", "Famille")
    fill_all(
        hand,
        (("name", "Nathalie Perrin"), ("relation", "sa mère"), ("phone", "06 39 98 22 70")),
        "contacts.1.",
    )
    hand.click("contacts.1.open")
    hand.picture("09-contacts-et-suivi")


def write_a_partner(hand: Hand) -> None:
    hand.click("rail.partners")
    hand.click("partners.add")
    hand.fill("partners_new", "Mission locale du Pays de Valbrune")
    hand.click("partners.write")
    fill_all(hand, (("address", "2, place du Marché"), ("postal_code", "31999"), ("city", "Valbrune")))
    hand.click("contacts.1.add")
    hand.fill("contacts.1.1.name", "Hugo Marchetti")
    hand.click("contacts.1.1.open")
    hand.picture("10-partenaire")
