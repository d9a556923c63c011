"""What the search box finds: persons, the codes of papers, words inside the open dossier."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.dossier_search import passages
from spip_desktop.domain.ids import read_answer_code, read_sheet_number
from spip_desktop.domain.interview_guide import read_code
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.ui.search_box import Search, SearchHit
from spip_desktop.wiring import Services


def _guides(services: Services, text: str) -> list[SearchHit]:
    """The trame d'entretien of the code typed: it leads to where it is keyed in."""
    if not services.context.actor.may(Right.READ_EVALUATION) or not read_code(text):
        return []
    from spip_desktop.ui.evaluation import KEY_IN, KEY_IN_OWN, KEYING, OWN_KEYING

    return [
        SearchHit(one.name, said, Place("person.evaluation", one.person_id, field))
        for one in services.evaluations.guide.find(text)
        for said, field in ((KEY_IN, KEYING), (KEY_IN_OWN, OWN_KEYING))
    ]


def _sheets_of_code(services: Services, text: str) -> list[SearchHit]:
    """The sheet whose answer code or number was typed or scanned: it leads to what the partner answered."""
    signs = read_answer_code(text) or read_sheet_number(text)
    if not signs or not services.context.actor.may(Right.READ_PRESCRIPTION):
        return []
    from spip_desktop.ui.prescription import RETURN, came_back

    return [
        SearchHit(one.name, came_back(one), Place("prescription", one.prescription_id, RETURN))
        for one in services.prescriptions.returns.find(text)
    ]


def search(services: Services, text: str) -> Sequence[SearchHit]:
    """The persons that match what was typed, told apart by birth date, écrou number and who follows.

    Who may not know of any finds nobody.
    """
    if not services.context.actor.may(Right.READ_PERSON):
        return []
    persons = [
        SearchHit(
            hit.name,
            ", ".join(
                part for part in (_born(hit.birth_date), _ecrou(hit.ecrou_number), _followed(hit.officers)) if part
            ),
            Place("person.synthese", hit.id),
        )
        for hit in services.persons.search(text)
    ]
    return _guides(services, text) + _sheets_of_code(services, text) + persons


def inside(services: Services, person: UUID) -> Search:
    """How to look for words in one dossier: its texts are read now, and looked through as one types."""
    texts = services.dossier_search.texts(person)

    def look(typed: str) -> Sequence[SearchHit]:
        return [SearchHit(one.where, one.excerpt, one.place) for one in passages(texts, typed)]

    return look


def _born(day: date | None) -> str:
    return f"naissance le {dates.short(day)}" if day else ""


def _followed(officers: str) -> str:
    return f"suivi par {officers}" if officers else ""


def _ecrou(number: str) -> str:
    return f"écrou {number}" if number else ""
