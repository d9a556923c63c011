"""A confidence is its author's alone; sealed once the author has left, opened by a DPIP who says why."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

import spip_desktop
from spip_desktop.db import journal
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.schema import JOURNAL, METADATA
from spip_desktop.domain.confidence import LONGEST
from spip_desktop.domain.dossier_search import passages
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.domain.officer import Role
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import make_officer

TODAY = date(2026, 11, 22)
WORDS = "Dit qu’il dort chez son oncle et ne veut pas que cela se sache."


@pytest.fixture
def directing(dpip_context: Context) -> Services:
    return make_services(dpip_context)


@pytest.fixture
def claire(services: Services) -> Services:
    services.context.actor = replace(services.context.actor, store_has_dpip=True)
    return services


@pytest.fixture
def loic(claire: Services) -> UUID:
    start = QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="12345")
    return claire.persons.quick_start(start)


@pytest.fixture
def told(claire: Services, loic: UUID) -> UUID:
    id_ = claire.confidences.add(loic, TODAY, Place("evaluation", loic))
    claire.confidences.save(id_, {"text": WORDS})
    return id_


def leave(services: Services, officer_id: UUID) -> None:
    """The officer is removed, as « Retirer cet agent » leaves the store."""
    context = services.context
    with context.store.transaction(context.actor, "remove_officer") as tx:
        OFFICERS.save(tx, replace(OFFICERS.get(tx, officer_id), active=False))
        tx.note("keys", officer_id)


def refusal(call: object) -> str:
    assert callable(call)
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_it_is_kept_and_changed_by_its_author(claire: Services, loic: UUID, told: UUID) -> None:
    (found,) = claire.confidences.mine(loic)
    assert (found.value.text, found.value.heard_on, found.value.heard_in_id) == (WORDS, TODAY, loic)
    saved = claire.confidences.save(told, {"heard_on": date(2026, 11, 23)}, found.lock)
    assert [one.code for one in saved.refused] == ["date_in_future"]
    saved = claire.confidences.save(told, {"text": "x" * (LONGEST + 1)}, found.lock)
    assert [one.code for one in saved.refused] == ["too_long"]
    claire.confidences.bin(told)
    assert not claire.confidences.mine(loic)
    claire.confidences.restore(told)
    assert claire.confidences.mine(loic)[0].value.text == WORDS


def test_nobody_else_reads_finds_or_changes_it(claire: Services, directing: Services, loic: UUID, told: UUID) -> None:
    """The DPIP, who opens every dossier, stands for everybody else; the author is the positive control."""
    directing.access.open(loic)
    assert directing.confidences.mine(loic) == ()
    assert directing.confidences.sealed(loic) == ()
    for act in (
        lambda: directing.confidences.save(told, {"text": "effacé"}),
        lambda: directing.confidences.bin(told),
        lambda: directing.confidences.restore(told),
        lambda: directing.confidences.open_sealed(told, "Succession"),
    ):
        assert refusal(act) == "not_found"
    for services, expected in ((claire, 1), (directing, 0)):
        assert len(passages(services.dossier_search.texts(loic), "oncle")) == expected
    assert claire.confidences.mine(loic)[0].value.text == WORDS


def test_once_its_author_has_left_a_dpip_opens_it_and_says_why(
    claire: Services, directing: Services, loic: UUID, told: UUID
) -> None:
    leave(directing, claire.context.officer_id)
    (sealed,) = directing.confidences.sealed(loic)
    assert (sealed.id, sealed.heard_on) == (told, TODAY)
    assert "Vasseur" in sealed.author
    assert not any(WORDS in str(one) for one in (sealed, directing.confidences.mine(loic)))
    assert refusal(lambda: directing.confidences.open_sealed(told, "  ")) == "reason_needed"
    assert directing.confidences.open_sealed(told, "Reprise du suivi").text == WORDS
    with directing.context.store.reading() as tx:
        lines = tx.connection.execute(JOURNAL.select().where(JOURNAL.c.act == "open_confidence")).all()
        assert journal.first_break(tx.connection, tx.identity.journal_key) is None
    assert [(one.object, one.officer, one.reason) for one in lines] == [
        (str(told), str(directing.context.officer_id), "Reprise du suivi")
    ]


def test_every_sealed_one_of_the_service_is_listed_without_a_word_and_says_when_it_was_opened(
    claire: Services, directing: Services, loic: UUID, told: UUID
) -> None:
    assert directing.confidences.every_sealed() == [], "its author is there"
    leave(directing, claire.context.officer_id)
    (line,) = directing.confidences.every_sealed()
    assert (line.sealed.id, line.person_id, line.person) == (told, loic, "Loïc PERRIN")
    assert (line.sealed.heard_on, line.opened_on) == (TODAY, None)
    assert "Vasseur" in line.sealed.author
    assert WORDS not in str(line)
    directing.confidences.open_sealed(told, "Reprise du suivi")
    (line,) = directing.confidences.every_sealed()
    assert (line.opened_on, line.reason) == (TODAY, "Reprise du suivi")
    assert line.opened_by == directing.context.actor.officer.signature(TODAY)
    assert WORDS not in str(line)
    assert refusal(claire.confidences.every_sealed) == "not_allowed"


def test_a_colleague_does_not_open_a_sealed_one(claire: Services, directing: Services, loic: UUID, told: UUID) -> None:
    aline = make_officer(directing.context.ids, Role.CPIP, identifier="valbrune-12")
    with directing.context.store.transaction(directing.context.actor, "add_officer") as tx:
        OFFICERS.save(tx, aline)
        tx.note("officer", aline.id)
    leave(directing, claire.context.officer_id)
    for has_dpip in (False, True):
        acting = replace(directing.context.actor, officer=aline, store_has_dpip=has_dpip)
        colleague = make_services(Context(directing.context.store, acting))
        assert refusal(lambda one=colleague: one.confidences.open_sealed(told, "Urgence")) == "not_allowed"
        assert refusal(lambda one=colleague: one.confidences.sealed(loic)) == "not_allowed"


def test_its_words_stand_in_its_table_and_nowhere_else(claire: Services, loic: UUID, told: UUID) -> None:
    """Not in an index, a journal line, an evaluation or a paper: only its row and its revisions hold them."""
    claire.evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    holding = set()
    with claire.context.store.reading() as tx:
        tables = {*METADATA.tables, "person_search", "person_fts"}
        known = {row[0] for row in tx.connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name in known | (tables & known):
            rows = tx.connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()
            if any("oncle" in str(cell) for row in rows for cell in row):
                holding.add(name)
    assert holding == {"confidence", "revision"}


def test_only_its_service_and_the_search_of_a_dossier_read_the_table() -> None:
    """No paper, list, comparison or package can hold a confidence: nothing else of the program imports its rows."""
    root = Path(spip_desktop.__file__).parent
    readers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "db.confidence" in (text := path.read_text(encoding="utf-8")) or "import confidence" in text
    }
    assert readers == {"services/confidence.py", "services/dossier_search.py"}
    assert "confidence" in (root / "db" / "every_table.py").read_text(encoding="utf-8")
