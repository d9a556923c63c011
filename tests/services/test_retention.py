"""What is due, what holds it back, and the erasure that leaves no word in any page."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db import erasure, journal
from spip_desktop.db import officer as officers
from spip_desktop.db.schema import METADATA
from spip_desktop.db.situation import CUSTODIES, MEASURES
from spip_desktop.domain.board_review import Board
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.officer import Role
from spip_desktop.domain.retention import RuleCode, Scope
from spip_desktop.domain.todo import Answer
from spip_desktop.services.backup import BackupService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.person import QuickStart
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.services.request import NewRequest
from spip_desktop.services.retention import OldCopies, RetentionService
from spip_desktop.wiring import make_services
from spip_desktop.wording.retention import ROWS
from tests.documents.reading import one_line
from tests.prescription_fixtures import MissionsLocales, complete
from tests.raw_pages import holding, pages, wal_pages
from tests.store_fixtures import KEY, MovableClock, make_officer

WHY = "Fin de conservation."
RELEASED = date(2021, 11, 20)


class Asked:
    """What the two hands around the service were asked."""

    def __init__(self) -> None:
        self.passphrases: list[str] = []
        self.renewed = 0

    def reauthenticate(self, passphrase: str) -> None:
        self.passphrases.append(passphrase)
        if passphrase != "la bonne":
            raise Refusal("current_passphrase_wrong", "current_passphrase")

    def start_over(self, progress: object) -> None:
        self.renewed += 1


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def retention(dpip_context: Context, asked: Asked) -> RetentionService:
    return RetentionService(dpip_context, asked.reauthenticate, asked.start_over)


@pytest.fixture
def end(context: Context) -> Callable[[UUID, date], None]:
    """Ends everything that runs in a dossier on a day."""

    def do(person_id: UUID, day: date) -> None:
        with context.store.transaction(context.actor, "end") as tx:
            for custody in CUSTODIES.find(tx, person_id=person_id):
                CUSTODIES.save(tx, replace(custody, ends=day, end_reason="fin_de_peine"))
            for measure in MEASURES.find(tx, person_id=person_id):
                MEASURES.save(tx, replace(measure, ended_on=day, end_reason="terme"))
            tx.note("person", person_id)

    return do


def with_measure(context: Context, person_id: UUID, **fields: object) -> Measure:
    made = Measure(id=context.ids.new(), person_id=person_id, kind="SP", **fields)  # type: ignore[arg-type]
    with context.store.transaction(context.actor, "add") as tx:
        MEASURES.save(tx, made)
        tx.note("person", person_id)
    return made


def test_a_dossier_is_proposed_five_years_after_everything_ended(
    retention: RetentionService, context: Context, loic: UUID, end: Callable[[UUID, date], None]
) -> None:
    with_measure(context, loic)
    end(loic, date(2021, 11, 23))
    assert [line.due.rule for line in retention.lines()] == [RuleCode.RELEASED]  # the écrou alone, after two years
    end(loic, date(2021, 11, 22))
    (line,) = retention.lines()
    assert (line.due.scope, line.due.rule, line.due.due_on) == (
        Scope.DOSSIER, RuleCode.MEASURE_ENDED, date(2026, 11, 22),
    )  # fmt: skip
    assert line.name == "Loïc PERRIN"


def test_nothing_is_due_while_a_measure_has_no_recorded_end(
    retention: RetentionService, context: Context, loic: UUID, end: Callable[[UUID, date], None]
) -> None:
    end(loic, date(2010, 1, 1))
    assert retention.lines()
    with_measure(context, loic, ends_planned=date(2012, 1, 1))
    assert [line.due.scope for line in retention.lines()] == [Scope.CUSTODY]


def test_a_transfer_is_not_a_release(
    retention: RetentionService, context: Context, loic: UUID, end: Callable[[UUID, date], None]
) -> None:
    end(loic, date(2010, 1, 1))
    with context.store.transaction(context.actor, "end") as tx:
        for custody in CUSTODIES.find(tx, person_id=loic):
            CUSTODIES.save(tx, replace(custody, end_reason="transfert"))
        tx.note("person", loic)
    assert retention.lines() == []


def test_a_dossier_without_measure_is_proposed_after_thirty_days(
    retention: RetentionService, context: Context, moving: MovableClock
) -> None:
    services = make_services(context)
    id_ = services.persons.quick_start(
        QuickStart(birth_name="Nez", first_names="Ana", birth_date=date(1990, 1, 2), ecrou_number="99")
    )
    with context.store.transaction(context.actor, "bin") as tx:
        for custody in CUSTODIES.find(tx, person_id=id_):
            CUSTODIES.bin(tx, custody.id)
    moving.move(days=29)
    assert retention.lines() == []
    moving.move(days=1)
    assert [line.due.rule for line in retention.lines()] == [RuleCode.NO_MEASURE]


def test_a_hold_keeps_everything_until_it_is_lifted(
    retention: RetentionService, loic: UUID, end: Callable[[UUID, date], None]
) -> None:
    end(loic, RELEASED)
    with pytest.raises(Refusal) as refusal:
        retention.hold(loic, "autre")
    assert [(one.code, one.field) for one in refusal.value.problems] == [("required", "detail")]
    hold = retention.hold(loic, "contentieux", "Recours indemnitaire.")
    (line,) = retention.lines()
    assert line.hold == hold
    with pytest.raises(Refusal, match="erasure_held"):
        retention.erase([line.due], "la bonne", WHY)
    assert retention.preview(line.due)["person"] == 1
    retention.lift(hold.id, "Jugement définitif.")
    assert retention.lines()[0].hold is None


def test_erasing_asks_for_the_passphrase_a_reason_and_what_is_still_due(
    retention: RetentionService, context: Context, asked: Asked, loic: UUID, end: Callable[[UUID, date], None]
) -> None:
    end(loic, RELEASED)
    chosen = [line.due for line in retention.lines()]
    for chosen_, passphrase, reason, code in (
        (chosen, "la bonne", " ", "required"),
        ([], "la bonne", WHY, "nothing_chosen"),
        (chosen, "une autre", WHY, "current_passphrase_wrong"),
    ):
        with pytest.raises(Refusal, match=code):
            retention.erase(chosen_, passphrase, reason)
    with_measure(context, loic)
    with pytest.raises(Refusal, match="not_due"):
        retention.erase(chosen, "la bonne", WHY)
    assert make_services(context).persons.civil(loic).person.value.birth_name == "Perrin"
    assert asked.renewed == 0


@pytest.mark.parametrize("role", [Role.CPIP, Role.SECRETARIAT, Role.LECTURE, Role.ADMIN_TECHNIQUE, Role.AUDIT])
def test_only_a_dpip_may(
    retention: RetentionService, dpip_context: Context, role: Role, loic: UUID, end: Callable[[UUID, date], None]
) -> None:
    end(loic, RELEASED)
    (line,) = retention.lines()
    other = make_officer(dpip_context.ids, role, identifier=f"autre-{role}")
    with dpip_context.store.transaction(dpip_context.actor, "add_officer") as tx:
        officers.OFFICERS.save(tx, other)
    with dpip_context.store.reading() as tx:
        theirs = Context(dpip_context.store, officers.actor(tx, other))
    mine = RetentionService(theirs, lambda _: None, lambda _: None)
    assert not mine.may_look()
    for act in (
        mine.lines, mine.erasures, lambda: mine.preview(line.due), lambda: mine.hold(loic, "recours"),
        lambda: mine.erase([line.due], "la bonne", WHY),
    ):  # fmt: skip
        with pytest.raises(Refusal, match="not_allowed"):
            act()


def test_a_store_without_dpip_wants_a_reason(context: Context, loic: UUID, end: Callable[[UUID, date], None]) -> None:
    end(loic, RELEASED)
    mine = RetentionService(context, lambda _: None, lambda _: None)
    (line,) = mine.lines()
    with pytest.raises(Refusal, match="reason_needed_without_dpip"):
        mine.erase([line.due], "la bonne", "")
    mine.erase([line.due], "la bonne", WHY)


CANARIES = ("Perrin", "perrin", "rue du Four", "Vol aggravé", "plongeur", "CANARI", "12345")


def full_dossier(context: Context, loic: UUID, missions: MissionsLocales) -> None:
    """Something in every table that a dossier fills, a sheet issued and a draft half typed."""
    services = make_services(context)
    id_ = complete(services.prescriptions, loic)
    services.prescriptions.course.make_ready(id_)
    with_measure(context, loic, offence_label="Vol aggravé CANARI")
    services.evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    services.desk.keep([_draft(loic)])


def _draft(person_id: UUID) -> Draft:
    return Draft("person", person_id, "birth_name", "CANARI à moitié tapé")


def test_no_word_of_an_erased_dossier_stays_in_any_page(
    retention: RetentionService,
    context: Context,
    asked: Asked,
    loic: UUID,
    missions: MissionsLocales,
    prescriptions: PrescriptionService,
    end: Callable[[UUID, date], None],
) -> None:
    full_dossier(context, loic, missions)
    other = make_services(context).persons.quick_start(
        QuickStart(birth_name="Ndiaye", first_names="Awa", birth_date=date(1990, 1, 2), ecrou_number="777")
    )
    end(loic, RELEASED)
    path = context.store.path
    context.store.checkpoint()
    before = pages(path, KEY)
    for word in CANARIES:
        assert holding(before, word), f"the control: {word} is found before"
    (line,) = [line for line in retention.lines() if line.due.person_id == loic]
    counted = retention.preview(line.due)
    batch = retention.erase([line.due], "la bonne", WHY).batch
    (certificate,) = retention.erasures(batch)
    assert certificate.counts == counted
    assert certificate.subject == loic
    left = pages(path, KEY)
    for word in CANARIES:
        assert holding(left, word) == 0, word
        assert holding(wal_pages(path, KEY), word) == 0, word
    assert holding(left, "Ndiaye")
    assert make_services(context).persons.civil(other).person.value.birth_name == "Ndiaye"
    assert asked.renewed == 1
    with context.store.reading() as tx:
        assert tx.connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert journal.first_break(tx.connection, context.store.identity.journal_key) is None
        assert [one.act for one in journal.lines_about(tx.connection, loic)][-1] == "purge"


def test_without_secure_delete_the_words_would_stay(
    retention: RetentionService, context: Context, loic: UUID, end: Callable[[UUID, date], None]
) -> None:
    """The control: the same scan finds what a plain deletion leaves in the file."""
    end(loic, RELEASED)
    engine = context.store._engine
    with engine.connect() as one, engine.connect() as two:
        for connection in (one, two):
            connection.exec_driver_sql("PRAGMA secure_delete = OFF")
            connection.rollback()
    retention.erase([line.due for line in retention.lines()], "la bonne", WHY)
    assert holding(pages(context.store.path, KEY), "rue du Four")


def test_no_backup_keeps_what_was_erased(
    dpip_context: Context, asked: Asked, loic: UUID, end: Callable[[UUID, date], None], tmp_path: Path
) -> None:
    backups = BackupService(dpip_context)
    retention = RetentionService(dpip_context, asked.reauthenticate, backups.start_over)
    backups.set_second_folder(tmp_path / "second")
    end(loic, RELEASED)
    backups.make()
    backups.copy_to(tmp_path / "second")

    def copies() -> list[Path]:
        return [*backups.root.rglob("store.db"), *(tmp_path / "second").rglob("store.db")]

    old = copies()
    assert len(old) == 2
    assert all(holding(pages(copy, KEY), "rue du Four") for copy in old)
    assert retention.erase([line.due for line in retention.lines()], "la bonne", WHY).left is None
    new = copies()
    assert len(new) == 2
    assert not any(holding(pages(copy, KEY), word) for copy in new for word in ("rue du Four", "Perrin", "perrin"))
    assert backups.try_newest().persons == 0


def test_copies_out_of_reach_are_told_until_they_are_made_again(
    dpip_context: Context, asked: Asked, loic: UUID, end: Callable[[UUID, date], None], tmp_path: Path
) -> None:
    backups, second = BackupService(dpip_context), tmp_path / "second"
    second.write_text("pas un dossier")
    backups.set_second_folder(second)
    retention = RetentionService(dpip_context, asked.reauthenticate, backups.start_over)
    end(loic, RELEASED)
    left = OldCopies(second)
    assert retention.erase([line.due for line in retention.lines()], "la bonne", WHY).left == left
    assert retention.old_copies() == left
    assert retention.renew_copies() == left
    second.unlink()
    assert retention.renew_copies() is None
    assert retention.old_copies() is None
    assert [one.name for one in second.rglob("store.db")] == ["store.db"]


def test_cut_short_before_the_backups_it_says_so(
    dpip_context: Context, asked: Asked, loic: UUID, end: Callable[[UUID, date], None]
) -> None:
    def full(progress: object) -> None:
        raise OSError(28, "plein")

    end(loic, RELEASED)
    retention = RetentionService(dpip_context, asked.reauthenticate, full)
    erased = retention.erase([line.due for line in retention.lines()], "la bonne", WHY)
    assert erased.left == retention.old_copies() == OldCopies(None)
    again = RetentionService(dpip_context, asked.reauthenticate, asked.start_over)
    assert again.renew_copies() is None
    assert (again.old_copies(), asked.renewed) == (None, 1)


def test_stopped_before_its_end_nothing_is_erased(
    retention: RetentionService, context: Context, asked: Asked, loic: UUID, end: Callable[[UUID, date], None]
) -> None:
    class Stopped(Exception):  # noqa: N818  a wish, not an error
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    end(loic, RELEASED)
    chosen = [line.due for line in retention.lines()]
    with pytest.raises(Stopped):
        retention.erase(chosen, "la bonne", WHY, stop)
    assert [line.due for line in retention.lines()] == chosen
    assert (retention.past(), retention.old_copies(), asked.renewed) == ([], None, 0)
    assert make_services(context).persons.civil(loic).person.value.birth_name == "Perrin"


def test_a_certificate_is_kept_as_it_was_issued_and_names_nobody(
    retention: RetentionService, context: Context, loic: UUID, end: Callable[[UUID, date], None], moving: MovableClock
) -> None:
    end(loic, RELEASED)
    (line,) = retention.lines()
    batch = retention.erase([line.due], "la bonne", WHY).batch
    paper = retention.certificate(batch)
    text = one_line(paper.content)
    for words in (str(batch), str(loic), "R. 113-52", WHY, "22/11/2026", "20/11/2021", "1 identité", "Claire Vasseur"):
        assert words in text, words
    assert "Vasseur" in text, "the control: a name is read where there is one"
    assert "Perrin" not in text
    assert "Loïc" not in text
    moving.move(days=400)
    assert retention.certificate(batch).content == paper.content
    assert [(one.id, one.dossiers, one.reason) for one in retention.past()] == [(batch, 1, WHY)]
    with pytest.raises(Refusal, match="not_found"):
        retention.certificate(loic)


def test_what_comes_from_the_ecrou_goes_alone(
    retention: RetentionService, context: Context, loic: UUID, end: Callable[[UUID, date], None]
) -> None:
    end(loic, date(2024, 11, 1))
    with_measure(context, loic)
    (line,) = retention.lines()
    assert line.due.scope is Scope.CUSTODY
    services = make_services(context)
    assert [hit.id for hit in services.persons.search("12345")] == [loic]
    retention.erase([line.due], "la bonne", WHY)
    found = pages(context.store.path, KEY)
    assert holding(found, "B 214") == holding(found, "12345") == 0
    assert services.persons.search("12345") == []
    assert [hit.id for hit in services.persons.search("perrin")] == [loic]
    assert retention.lines() == []


@pytest.mark.parametrize("scope", [Scope.CUSTODY, None])
def test_a_passage_before_the_cpu_goes_with_its_ecrou_and_a_cpi_stays(
    scope: Scope | None,
    retention: RetentionService,
    context: Context,
    loic: UUID,
    end: Callable[[UUID, date], None],
    moving: MovableClock,
) -> None:
    """R. 240-4: two years for what GENESIS decided, as for the écrou; R. 113-52: five for what is the service’s."""
    services = make_services(context)
    commissions = services.commissions
    cpu, cpi = commissions.draft.start(loic, Board.CPU), commissions.draft.start(loic, Board.CPI)
    words = {"held_on": date(2026, 11, 20), "theme": "activites", "advice": "CANARI favorable au sport."}
    commissions.draft.save_fields(cpu, words)
    commissions.draft.save_fields(cpi, {"theme": "Sortie", "advice": "GARDÉ par le service."})
    commissions.course.issue(cpu)
    commissions.course.copy_decision(cpu, moving.today, "CANARI : inscription au sport.")
    commissions.course.add_action(cpu, "CANARI : certificat à demander", "Claire Vasseur", moving.today)
    (line,) = (one for one in services.todo.of_person(loic) if one.key.startswith("P20:"))
    services.todo.answer(loic, line.key, Answer.NOT_ACTING, reason="CANARI", until=date(2026, 12, 24))
    with_measure(context, loic)
    if scope:
        end(loic, date(2026, 11, 22))
        with context.store.transaction(context.actor, "end") as tx:
            for measure in MEASURES.find(tx, person_id=loic):
                MEASURES.save(tx, replace(measure, ended_on=None))
            tx.note("person", loic)
    moving.move(days=731)
    found = [one.due for one in retention.lines()]
    if scope is None:
        assert found == [], "the control: under écrou everything is kept"
        return
    (due,) = found
    counted = retention.preview(due)
    assert {"board_review", "event", "todo_outcome", "issued_document"} <= counted.keys()
    context.store.checkpoint()
    assert holding(pages(context.store.path, KEY), "CANARI"), "the control: it is found before"
    batch = retention.erase([due], "la bonne", WHY).batch
    assert retention.erasures(batch)[0].counts == counted
    assert "passage en commission" in one_line(retention.certificate(batch).content)
    left = pages(context.store.path, KEY)
    assert holding(left, "CANARI") == 0
    assert holding(left, "GARDÉ par le service.")
    assert [one.review.id for one in commissions.reading.of_person(loic)] == [cpi]


def test_a_passage_of_a_later_ecrou_is_kept(
    retention: RetentionService, context: Context, loic: UUID, end: Callable[[UUID, date], None]
) -> None:
    """Two stays: the first ended long ago, the second last year. What was decided in the second stays its time."""
    services = make_services(context)
    later = services.commissions.draft.start(loic, Board.CPU)
    services.commissions.draft.save_fields(later, {"held_on": date(2025, 6, 2), "advice": "Second séjour."})
    end(loic, date(2024, 11, 1))
    with context.store.transaction(context.actor, "add") as tx:
        (first,) = CUSTODIES.find(tx, person_id=loic)
        later_stay = {"id": tx.ids.new(), "starts": date(2025, 5, 1), "ends": date(2025, 12, 1)}
        CUSTODIES.save(tx, replace(first, **later_stay))  # type: ignore[arg-type]
        tx.note("person", loic)
    with_measure(context, loic)
    (line,) = retention.lines()
    assert "board_review" not in retention.preview(line.due)
    retention.erase([line.due], "la bonne", WHY)
    assert [one.review.id for one in services.commissions.reading.of_person(loic)] == [later]


_TABLES = """
from spip_desktop.db import erasure
from spip_desktop.db.schema import METADATA
few = set(METADATA.tables)
print(len(erasure.tables_of_persons()) + len(erasure.tables_inside()))
print(sorted(set(METADATA.tables) - few))
"""


def test_the_erasure_knows_tables_that_nothing_has_asked_for_yet() -> None:
    """A dossier is erased from every table, whatever was imported since the program was started."""
    done = subprocess.run([sys.executable, "-c", _TABLES], capture_output=True, text=True, timeout=60, check=True)
    count, late = done.stdout.splitlines()
    assert int(count) == len(erasure.tables_of_persons()) + len(erasure.tables_inside())
    assert "'confidence'" in late, "the control: without it, this table would have been forgotten"


def test_every_table_is_known_to_the_erasure() -> None:
    """A new table speaks of a person, lives in one that does, hangs on an object, or is said to be of nobody."""
    roots = {table.name for table in erasure.tables_of_persons()} | {"person"}
    for name, table in METADATA.tables.items():
        inside = "root_id" in table.c and any(name.startswith(f"{root}_") for root in roots)
        hangs = {"object_id"} <= set(table.c.keys())
        known = name in roots or inside or hangs or name in erasure.OF_NOBODY
        assert known, f"{name}: say in db/erasure.py whether it speaks of a person"
    assert roots <= set(ROWS), "each has a word for the certificate"


# -- a request about somebody who is not in the store --------------------------------------------------------


@pytest.fixture
def asked_about_a_stranger(context: Context) -> UUID:
    new = NewRequest(
        unknown="Solange Vauquelin", asker="famille", channel="telephone", subject="Veut un permis de visite."
    )
    return make_services(context).requests.add(new)


def _answer(context: Context, request_id: UUID) -> None:
    make_services(context).requests.answer(request_id, "telephone", "Voir avec l’établissement.")


def test_a_request_without_dossier_goes_thirty_days_after_its_answer(
    retention: RetentionService, context: Context, moving: MovableClock, asked_about_a_stranger: UUID
) -> None:
    moving.move(days=40)
    assert not retention.lines(), "nobody answered: it waits on « À traiter »"
    _answer(context, asked_about_a_stranger)
    moving.move(days=29)
    assert not retention.lines()
    moving.move(days=1)
    (line,) = retention.lines()
    assert (line.name, line.due.scope, line.due.rule) == ("Solange Vauquelin", Scope.REQUEST, RuleCode.OF_STRANGER)
    assert retention.preview(line.due) == {"request": 1}


def test_one_in_the_bin_goes_as_one_that_was_answered(
    retention: RetentionService, context: Context, moving: MovableClock, asked_about_a_stranger: UUID
) -> None:
    make_services(context).requests.bin(asked_about_a_stranger)
    moving.move(days=31)
    assert [one.due.person_id for one in retention.lines()] == [asked_about_a_stranger]


def test_its_erasure_leaves_no_word_of_it_and_a_certificate_without_a_name(
    retention: RetentionService, context: Context, moving: MovableClock, asked_about_a_stranger: UUID
) -> None:
    _answer(context, asked_about_a_stranger)
    moving.move(days=31)
    path = context.store.path
    context.store.checkpoint()
    assert holding(pages(path, KEY), "Vauquelin"), "the control"
    retention.erase([line.due for line in retention.lines()], "la bonne", WHY)
    assert not retention.lines()
    assert not holding(pages(path, KEY), "Vauquelin")
    (gone,) = retention.erasures()
    assert (gone.subject, gone.counts) == (asked_about_a_stranger, {"request": 1})
    assert "Vauquelin" not in one_line(retention.certificate(gone.batch).content)


def test_it_is_not_held_back_and_one_reopened_meanwhile_stays(
    retention: RetentionService, context: Context, moving: MovableClock, asked_about_a_stranger: UUID
) -> None:
    _answer(context, asked_about_a_stranger)
    moving.move(days=31)
    (line,) = retention.lines()
    with pytest.raises(Refusal, match="hold_without_dossier"):
        retention.hold(asked_about_a_stranger, "procedure")
    make_services(context).requests.reopen(asked_about_a_stranger)
    with pytest.raises(Refusal, match="not_due"):
        retention.erase([line.due], "la bonne", WHY)
