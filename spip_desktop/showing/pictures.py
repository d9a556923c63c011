"""`./run --pictures DIR`: every page and every paper of the demonstration store, to look at or to compare.

Day J is fixed, so that two runs give the same pictures. Only a store marked demonstration is ever drawn.
"""

import tempfile
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from spip_desktop import demo
from spip_desktop.db import officer as officers
from spip_desktop.demo.clock import paris
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.place import Place
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services.context import Context
from spip_desktop.services.unlock import Entrance
from spip_desktop.settings import Settings
from spip_desktop.showing.display import draw_somewhere
from spip_desktop.showing.entrance_pictures import draw_entrance
from spip_desktop.showing.hand import pause
from spip_desktop.showing.paper import Paper
from spip_desktop.showing.papers import papers
from spip_desktop.showing.survey import survey

if TYPE_CHECKING:
    from spip_desktop.ui.desk import Desk
    from spip_desktop.wiring import Services

DAY_J = date(2026, 11, 22)
_HOUR = time(14, 2, 31)
_SIZE = (1280, 800)
_PATIENCE = 12
_PERSON = "Perrin Loïc"
#: Whose obligations show payments, hours out and hours of work.
_FOLLOWED = (("versements", "Poirier Lætitia"), ("heures", "Lœillet Sophie"), ("travail", "Métayer Jordan"))
Look = tuple[str, int, str]
#: Theme, text size in percent, and the word for it in the names of files.
LOOKS: tuple[Look, ...] = (
    ("light", 100, "clair"),
    ("dark", 100, "sombre"),
    ("high_contrast", 100, "contraste"),
    ("light", 200, "200"),
)
#: A dossier that goes to another service, one that came from one; who has none shows the empty page.
_HANDED_OVER = (("propose", "N’Diaye Ibrahima"), ("venu", "Châtelain Raymond"))
NAMES = {
    "todo": "a-traiter",
    "persons": "personnes",
    "person.new": "nouveau-dossier",
    "workload": "charge-de-travail",
    "persons.import": "reprendre-une-liste",
    "person.synthese": "personne-synthese",
    "person.situation": "personne-situation",
    "person.interviews": "personne-entretiens",
    "interview": "entretien",
    "person.timeline": "personne-chronologie",
    "person.evaluation": "personne-evaluation",
    "person.shared": "vue-partagee",
    "person.plan_shared": "vue-partagee-plan",
    "person.pacep_chain": "personne-de-l-entretien-au-retour",
    "person.pacep": "personne-pacep",
    "person.movement": "personne-au-fil-des-versions",
    "person.handover": "personne-dessaisissement",
    "person.dossier": "dossier-en-un-pdf",
    "person.access": "demandes-d-acces",
    "person.prescriptions": "personne-prescriptions",
    "person.prescription_new": "nouvelle-prescription",
    "prescription": "fiche",
    "prescriptions": "prescriptions",
    "prescriptions.silent": "relances",
    "prescriptions.batches": "permanences",
    "person.appointments": "personne-rendez-vous",
    "agenda": "agenda",
    "agenda.batch": "convoquer-plusieurs-personnes",
    "agenda.outcomes": "issues-a-noter",
    "agenda.setup": "absences-et-permanences",
    "person.obligations": "personne-obligations",
    "person.commissions": "personne-commissions",
    "commission": "commission",
    "person.incidents": "personne-manquements-incidents",
    "caseload": "mon-tableau",
    "requests": "demandes-recues",
    "arrivals": "arrivants",
    "commissions": "commissions",
    "partners": "partenaires",
    "partner": "partenaire",
    "partners.public": "annuaire-public",
    "partners.import": "importer-l-annuaire",
    "partners.sheet": "importer-un-tableur",
    "partners.needs": "besoins-et-partenaires",
    "partners.figures": "chiffres-par-partenaire",
    "carrying": "a-reporter",
    "person.carrying": "personne-a-reporter",
    "carrying.setup": "blocs-a-reporter",
    "transfers": "transferts",
    "transfers.prepare": "preparer-un-envoi",
    "transfers.package": "paquet",
    "transfers.receive": "recevoir-un-paquet",
    "transfers.received": "paquet-recu",
    "transfers.contacts": "contacts-de-transfert",
    "transfers.conflicts": "conflits",
    "persons.duplicates": "doublons-possibles",
    "settings": "reglages",
    "journal": "journal",
    "retention": "conservation",
    "confidences.sealed": "confidences-scellees",
    "sheets": "modeles-de-fiche",
    "forms": "formulaire-d-evaluation",
    "deadlines": "echeances",
}
#: The pages that only a DPIP of the demonstration may open.
CONTROL = ("journal", "retention", "confidences.sealed")
#: Each shown alone in its window, which shows nothing else after; with whose dossier fills it.
SHARED = {"person.shared": _PERSON, "person.plan_shared": "Bonnet Hugo"}


class NotDemonstration(Exception):  # noqa: N818  said as a sentence
    """The store holds real persons: it is never drawn."""


def run(folder: Path) -> int:
    """Draw everything into folder/pages and folder/documents; 0 when all could be."""
    from spip_desktop.app import make_application

    draw_somewhere()
    application = make_application()
    with tempfile.TemporaryDirectory(prefix="spip-desktop-") as place:
        pages = folder / "pages"
        pages.mkdir(parents=True, exist_ok=True)
        clock = Clock(lambda: paris(DAY_J, _HOUR))
        draw_entrance(application, Path(place) / "vide", clock, lambda window, name: _draw_card(window, pages / name))
        context = _demonstration(Path(place) / "demonstration")
        try:
            drawn = draw_pages(application, context, folder / "pages")
            kept = draw_papers(context, folder / "documents")
        finally:
            context.store.close()
    print(f"{drawn} images de pages et {kept} documents sont dans {folder}.")
    return 0


def _demonstration(place: Path) -> Context:
    """The whole demonstration, as it stands at 14:02:31 on day J."""
    now = paris(DAY_J, _HOUR)
    demo.build(place, DAY_J, now=now, cost=lambda: FLOOR)
    clock = Clock(lambda: now)
    return Entrance(place, clock, Ids(clock), demonstration=True).unlock(demo.IDENTIFIER, demo.PASSPHRASE).context


def draw_pages(application: QApplication, context: Context, folder: Path) -> int:
    """Every page in every look; the number of pictures."""
    from spip_desktop.ui import theme
    from spip_desktop.wiring import make_services

    _require_demonstration(context)
    folder.mkdir(parents=True, exist_ok=True)
    services, control = make_services(context), make_services(_as_dpip(context))
    drawn = 0
    for look in LOOKS:  # first: the journal tells what the other pages open, and must be the same in every look
        drawn += _draw_control(application, control, folder, look)
    for look in LOOKS:
        drawn += _draw_every_page(application, services, folder, look)
    theme.apply(application, theme.make_theme())
    return drawn


def _draw_control(application: QApplication, control: "Services", folder: Path, look: Look) -> int:
    """What only a DPIP may open."""
    desk, drawn = _desk(application, control, look), 0
    for number, kind in enumerate(CONTROL, 1):
        desk.workplace.go(Place(kind))
        drawn += _draw(desk.window, folder / f"{number:02d}-{NAMES[kind]}-{look[2]}")
    _put_away(desk)
    return drawn


def _draw_every_page(application: QApplication, services: "Services", folder: Path, look: Look) -> int:
    """What the CPIP opens, then the views shared with the person, each in a window of its own."""
    desk, drawn = _desk(application, services, look), 0
    shown = list(_places(desk))
    for number, (title, place) in enumerate(shown, len(CONTROL) + 1):
        desk.workplace.go(place)
        drawn += _draw(desk.window, folder / f"{number:02d}-{title}-{look[2]}")
    _put_away(desk)
    for number, kind in enumerate(SHARED, len(CONTROL) + len(shown) + 1):
        desk = _desk(application, services, look)
        _turn_to_person(desk, kind)
        drawn += _draw(desk.window, folder / f"{number:02d}-{NAMES[kind]}-{look[2]}")
        _put_away(desk)
    return drawn


def _desk(application: QApplication, services: "Services", look: Look) -> "Desk":
    """A window of the program in one look."""
    from spip_desktop.ui import theme
    from spip_desktop.ui.desk import Desk
    from spip_desktop.ui.tasks import Tasks

    name, percent, _ = look
    theme.apply(application, theme.make_theme(name, percent))
    desk = Desk(services, Tasks(application), Settings(theme=name, text_percent=percent), ())
    desk.window.resize(*_SIZE)
    desk.window.show()
    return desk


def _turn_to_person(desk: "Desk", kind: str) -> None:
    """A view shared with the person, at its first subject."""
    from spip_desktop.ui.shared.frame import SharedFrame

    desk.workplace.go(Place(kind, _opened(desk, SHARED[kind])))
    page = desk.window.page()
    if isinstance(page, SharedFrame):
        page.next.click()


def _as_dpip(context: Context) -> Context:
    """The same store with its DPIP at work: what they alone may open."""
    with context.store.reading() as tx:
        return Context(context.store, officers.actor(tx, officers.by_identifier(tx, demo.DPIP_IDENTIFIER)))


def _put_away(desk: "Desk") -> None:
    desk.window.hide()
    desk.window.deleteLater()


def _places(desk: "Desk") -> Iterator[tuple[str, Place]]:
    """Every kind of page with an object of the demonstration that fills it."""
    services = desk.services
    person = services.persons.search(_PERSON)[0].id
    services.access.open(person)
    sheets = services.prescriptions.reading.of_person(person)
    partners = services.partners.all()
    for kind in (one for one in desk.workplace.kinds() if one not in SHARED):
        name = NAMES.get(kind, kind.replace(".", "-"))
        if kind == "prescription":
            yield from ((name, Place(kind, one.id)) for one in sheets[:1])
        elif kind == "commission":
            boards = services.commissions.reading.of_person(person)
            yield from ((f"{name}-{one.state.replace('_', '-')}", Place(kind, one.review.id)) for one in boards)
        elif kind == "person.evaluation":
            for part, field in (("", ""), ("-a-deux", "avec-la-personne"), ("-confidences", "confidences")):
                yield f"{name}{part}", Place(kind, person, field)
        elif kind == "person.obligations":
            yield name, Place(kind, person)
            for part, who in _FOLLOWED:
                yield f"{name}-{part}", Place(kind, _opened(desk, who))
        elif kind == "person.handover":
            yield name, Place(kind, person)
            for part, who in _HANDED_OVER:
                yield f"{name}-{part}", Place(kind, _opened(desk, who))
        elif kind == "interview":
            for one in services.interviews.reading.of_person(person)[:2]:
                yield f"{name}-{one.state}", Place(kind, one.id)
        elif kind == "partner":
            yield from ((name, Place(kind, one.id)) for one in partners[:1])
        elif kind == "transfers.package":
            yield from ((name, Place(kind, one.id)) for one in services.transfers.sending.all()[:1])
        elif kind == "transfers.received":
            yield from ((name, Place(kind, one.id)) for one in services.transfers.receiving.all()[:1])
        elif kind == "person.situation":
            for part, field in (("civile", ""), ("penale", "custodies"), ("contacts", "contacts")):
                yield f"{name}-{part}", Place(kind, person, field)
        else:
            yield name, Place(kind, person if kind.startswith("person.") and kind != "person.new" else None)


def _opened(desk: "Desk", who: str) -> UUID:
    """The dossier of somebody else, open."""
    found = desk.services.persons.search(who)[0].id
    desk.services.access.open(found)
    return found


def draw_papers(context: Context, folder: Path) -> int:
    """Every kind of paper as PDF and as pictures of its pages; the number of papers."""
    _require_demonstration(context)
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for count, (name, content) in enumerate(papers(context, _PERSON), 1):
        stem = f"{count:02d}-{name}"
        (folder / f"{stem}.pdf").write_bytes(content)
        paper = Paper(content)
        for page in range(paper.pages):
            paper.draw(page).save(str(folder / f"{stem}-{page + 1}.png"))
    return count


def _draw_card(window: QWidget, stem: Path) -> None:
    """One card in every look."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    from spip_desktop.ui import theme
    from spip_desktop.ui.entrance.window import EntranceWindow

    for name, percent, word in LOOKS:
        theme.apply(application, theme.make_theme(name, percent))
        if isinstance(window, EntranceWindow):
            window.show_look()
        _draw(window, stem.with_name(f"{stem.name}-{word}"), from_the_top=True)
    theme.apply(application, theme.make_theme())


def _draw(window: QWidget, stem: Path, *, from_the_top: bool = False) -> bool:
    """The picture, and what stands where on it, for the review (tools/review_pictures.py).

    `from_the_top`: a card follows its focus while it grows, and stops here or there.
    """
    window.resize(*_SIZE)
    told = ""
    for _ in range(_PATIENCE):  # a long page takes several turns to find its heights
        pause(80)
        for area in window.findChildren(QScrollArea) if from_the_top else ():
            area.verticalScrollBar().setValue(0)
        picture = window.grab()
        before, told = told, survey(window, picture.toImage())
        if told == before:
            break
    stem.with_suffix(".txt").write_text(told, encoding="utf-8")
    return picture.save(str(stem.with_suffix(".png")))


def _require_demonstration(context: Context) -> None:
    if not context.demonstration:
        raise NotDemonstration("this store is not marked demonstration")


__all__ = ["DAY_J", "LOOKS", "NAMES", "NotDemonstration", "draw_pages", "draw_papers", "run"]
