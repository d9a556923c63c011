"""The demonstration store: built once by the services at day J, then read through them."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from spip_desktop import demo
from spip_desktop.db import journal
from spip_desktop.db.event import EVENTS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.demo import script
from spip_desktop.demo.clock import paris
from spip_desktop.demo.days import Days, ScriptError
from spip_desktop.demo.play import Desk, make_desk
from spip_desktop.domain.access import AccessReason
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import FieldState, FindingKind
from spip_desktop.domain.evaluation_states import EvaluationState
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.marks import MarkCode
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.officer import Role
from spip_desktop.domain.pacep_states import Agreement, PlanState, agreement_of
from spip_desktop.domain.person import PhoneState
from spip_desktop.domain.person_list import PersonFilter, PersonSummary, Whose
from spip_desktop.domain.prescription_states import SheetState, state_of
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services.unlock import Entrance, FirstStart, lock
from tests.store_fixtures import DAY_J, make_officer, make_service

J = date(2026, 11, 22)
TOLD = (
    "Loïc PERRIN", "Ibrahima N’DIAYE", "Enzo LE GALL", "Martine BRÉAUD", "Sophie LŒILLET", "Antonio DA SILVA REIS",
    "İsmail YILDIZ", "Aurélie FONTAINE", "Jordan MÉTAYER", "Raymond CHÂTELAIN", "Minh NGUYEN", "Minh N'GUYEN",
    "Gwenaëlle QUÉMÉNEUR-LE BIHAN", "Lucien GRANDJEAN",
)  # fmt: skip
#: Words that French does not share, and that a script written by programmers could let through.
ENGLISH = re.compile(
    r"\b(the|and|with|person|release|sheet|officer|action plan|draft|todo|name|birth|street|lorem|none|true|false)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration") / "magasin"
    demo.build(folder, J, cost=lambda: FLOOR)
    return folder


@pytest.fixture(scope="session")
def desk(demo_folder: Path) -> Iterator[Desk]:
    """Claire Vasseur at her desk at 14:02 on day J."""
    opened = enter(demo_folder)
    assert opened.entry.notices == ()
    yield opened
    opened.entry.context.store.close()


def enter(folder: Path, identifier: str = demo.IDENTIFIER, passphrase: str = demo.PASSPHRASE) -> Desk:
    clock = Clock(lambda: DAY_J.astimezone(UTC))
    return make_desk(Entrance(folder, clock, Ids(clock)).unlock(identifier, passphrase))


@pytest.fixture(scope="session")
def persons(desk: Desk) -> dict[str, PersonSummary]:
    """Everybody by name, each dossier opened as an officer opens it."""
    every = desk.services.persons.page(PersonFilter(whose=Whose.ALL), limit=500)
    for one in every:
        needs = desk.services.access.needs_reason(one.id)
        desk.services.access.open(one.id, AccessReason.DUTY if needs else None)
    return {one.name: one for one in every}


# -- who is there --------------------------------------------------------------------------------------------


def test_seventy_eight_dossiers_for_one_cpip(desk: Desk, persons: dict[str, PersonSummary]) -> None:
    count = desk.services.persons.count
    assert count(PersonFilter(whose=Whose.MINE)) == 78
    assert count(PersonFilter(whose=Whose.MINE, milieu=Milieu.CUSTODY)) == 24
    assert count(PersonFilter(whose=Whose.MINE, milieu=Milieu.OPEN)) == 54
    assert count(PersonFilter(whose=Whose.UNASSIGNED)) == 1
    assert len(persons) == 80, "with the dossier to assign and the one that ended"


def test_the_assignments_say_the_same_milieu(desk: Desk, persons: dict[str, PersonSummary]) -> None:
    open_ones = [
        one.milieu
        for person in persons.values()
        for one, officer in desk.services.persons.assignments(person.id)
        if officer.id == desk.officer_id and one.ends is None
    ]
    assert Counter(open_ones) == {"MO": 54, "MF": 24}


def test_every_named_situation_is_told(persons: dict[str, PersonSummary]) -> None:
    assert set(TOLD) <= persons.keys()


def test_the_officers_of_the_service(desk: Desk) -> None:
    officers = {one.identifier: one.roles for one in desk.services.account.officers()}
    assert officers == {
        demo.IDENTIFIER: (Role.CPIP, Role.ADMIN_TECHNIQUE),
        demo.DPIP_IDENTIFIER: (Role.DPIP,),
        demo.SECRETARIAT_IDENTIFIER: (Role.SECRETARIAT,),
    }


def test_the_dpip_opens_with_the_published_passphrase(demo_folder: Path) -> None:
    dpip = enter(demo_folder, demo.DPIP_IDENTIFIER, demo.DPIP_PASSPHRASE)
    assert dpip.entry.context.actor.officer.family_name == "Marchand"
    dpip.entry.context.store.close()


# -- the situations ------------------------------------------------------------------------------------------


def test_perrin_stands_where_the_pictures_show_him(desk: Desk, persons: dict[str, PersonSummary]) -> None:
    perrin = persons["Loïc PERRIN"].id
    marks = {one.code: one.day for one in desk.services.synthesis.synthesis(perrin).marks}
    assert marks == {
        MarkCode.CUSTODY: date(2026, 4, 22),
        MarkCode.HALF: J,
        MarkCode.COMMISSION: date(2027, 1, 28),
        MarkCode.TWO_THIRDS: date(2027, 2, 1),
        MarkCode.END: date(2027, 6, 22),
        MarkCode.RELEASE: date(2027, 6, 22),
    }
    newest, first = desk.evaluations.reading.versions(perrin)
    assert (first.state, newest.state) == (EvaluationState.SHARED, EvaluationState.DRAFT)
    field = desk.evaluations.reading.view(newest.evaluation.id).fields["formation_emploi"].value
    assert field.state is FieldState.PARTIAL
    assert [one.kind for one in field.marks] == ["ses_mots", "a_retenir", "a_reprendre"]


def test_perrin_has_one_plan_in_force_and_one_draft(desk: Desk, persons: dict[str, PersonSummary]) -> None:
    view = desk.plans.view(persons["Loïc PERRIN"].id)
    assert [one.state for one in view.versions] == [PlanState.IN_FORCE, PlanState.DRAFT]
    assert agreement_of(view.versions[0].events) is Agreement.PARTIAL
    assert [one.code for one in view.missing] == ["pacep_action_by_nobody", "pacep_need_untied"]


def test_the_sheets_are_at_every_stage_one_silent_one_ready_and_none_with_what_was_refused(
    desk: Desk, persons: dict[str, PersonSummary]
) -> None:
    told, states = {persons[name].id for name in TOLD}, {}
    with desk.entry.context.store.reading() as tx:
        for one in (sheet for sheet in PRESCRIPTIONS.find(tx) if sheet.person_id in told):
            states[one.person_id, one.sheet_code, one.number] = state_of(one, EVENTS.find(tx, object_id=one.id))
            if one.number == 2:
                assert "compte_bancaire" not in one.ticked
    assert states == {
        (persons["Loïc PERRIN"].id, "mission_locale", 1): SheetState.DRAFT,
        (persons["Ibrahima N’DIAYE"].id, "hebergement", 1): SheetState.HANDED_OVER,
        (persons["Ibrahima N’DIAYE"].id, "mission_locale", 1): SheetState.READY,
        (persons["İsmail YILDIZ"].id, "mission_locale", 1): SheetState.HANDED_OVER,
        (persons["Aurélie FONTAINE"].id, "mission_locale", 1): SheetState.CANCELLED,
        (persons["Aurélie FONTAINE"].id, "mission_locale", 2): SheetState.RUNNING,
    }
    sheets = desk.services.prescriptions
    silent = {one.name: [sheet.person for sheet in one.sheets] for one in sheets.follow_up.silent()}
    assert "Ibrahima N’DIAYE" in silent["SIAO du Val d’Orsanne"], "silent for nine days"
    assert len(silent) > 1
    (batch,) = sheets.batches.batches()
    assert (len(batch.sheets), batch.agreed) == (3, 2)
    perrin = persons["Loïc PERRIN"].id
    assert desk.services.synthesis.header(perrin).title == "Condamné, 1\u00a0an 2\u00a0mois"


def test_partners_have_figures_conventions_and_needs(desk: Desk) -> None:
    figures = desk.services.partner_figures.of(date(2026, 1, 1), J)
    shown = [one.partner for one in figures if one.sheets]
    assert len(shown) >= 3
    assert len(shown) < len(figures), "one is under five persons: masked"
    assert any(one.convention_ends for one in desk.partners.summaries())
    assert len(desk.partners.needs.lines()) >= 5


def test_the_homonyms_are_two_persons_with_a_reason(desk: Desk, persons: dict[str, PersonSummary]) -> None:
    one = desk.services.persons.civil(persons["Minh NGUYEN"].id).person.value
    other = desk.services.persons.civil(persons["Minh N'GUYEN"].id).person.value
    assert one.birth_date
    assert other.birth_date
    assert (one.birth_date.day, one.birth_date.month) == (other.birth_date.month, other.birth_date.day)
    assert other.duplicate_reason == "Homonyme\u00a0: état civil vérifié"


def test_nothing_is_said_of_an_offence_about_a_prevenu(desk: Desk, persons: dict[str, PersonSummary]) -> None:
    roussel = desk.evaluations.reading.versions(persons["Dylan ROUSSEL"].id)[0]
    view = desk.evaluations.reading.view(roussel.evaluation.id)
    assert view.evaluation.presumed_innocent
    assert {one.value.kind for one in view.findings} == {FindingKind.PROTECTION}


def test_the_mess_is_there(desk: Desk, persons: dict[str, PersonSummary]) -> None:
    phones: Counter[PhoneState] = Counter()
    missing: Counter[str] = Counter()
    plans: Counter[str] = Counter()
    for one in persons.values():
        phones[desk.services.persons.civil(one.id).person.value.phone_state] += 1
        missing.update(line.code for line in desk.services.synthesis.synthesis(one.id).missing)
        version = desk.plans.view(one.id).version
        plans[version.state if version else "aucun"] += 1
    assert all(phones[state] >= 3 for state in PhoneState), phones
    assert {"document", "document_over", "home", "home_unproven", "phone", "end_of_sentence"} <= missing.keys()
    assert set(PlanState) - {PlanState.REPLACED} <= plans.keys()


# -- the store -----------------------------------------------------------------------------------------------


def test_every_dossier_reads_through_its_services(desk: Desk, persons: dict[str, PersonSummary]) -> None:
    for one in persons.values():
        assert desk.services.synthesis.header(one.id).name == one.name
        assert desk.services.situation.penal(one.id).measures or one.ecrou_number
        desk.services.persons.civil(one.id)
        desk.plans.view(one.id)
        for version in desk.evaluations.reading.versions(one.id):
            desk.evaluations.reading.view(version.evaluation.id)
    with desk.entry.context.store.reading() as tx:
        sheets = [one.id for one in PRESCRIPTIONS.find(tx)]
    assert all(desk.prescriptions.view(id_) for id_ in sheets)


def test_the_journal_holds_and_goes_forward(desk: Desk) -> None:
    store = desk.entry.context.store
    with store.reading() as tx:
        assert journal.first_break(tx.connection, store.identity.journal_key) is None
        at = list(tx.connection.execute(sa.text("SELECT at FROM journal ORDER BY seq")).scalars())
    instants = [datetime.fromisoformat(one) for one in at]
    assert len(instants) > 1_000
    assert instants == sorted(instants)
    assert instants[0].date() == date(2020, 4, 22)
    assert instants[-1] <= DAY_J


def test_no_english_reaches_the_officer(desk: Desk) -> None:
    """Every text of every record, and every text of the script (some are kept in JSON beside English codes)."""
    texts = {text for step in script.steps(J, DAY_J) for text in texts_of(step.values)}
    with desk.entry.context.store.reading() as tx:
        for table in content_tables(tx.connection):
            for row in tx.connection.execute(sa.text(f'SELECT * FROM "{table}"')):
                texts |= {value for value in row if isinstance(value, str) and value[:1] not in ("[", "{")}
    found = {word[0].lower() for text in texts if " " in text for word in ENGLISH.finditer(text)}
    assert found == set()


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_of(one)


def content_tables(connection: sa.Connection) -> list[str]:
    """The tables of records; not the index, the definitions, the journal and the store's own identity."""
    apart = {"store_info", "definition", "journal", "revision", "technical_log", "alembic_version"}
    names = sa.inspect(connection).get_table_names()
    return sorted(name for name in names if name not in apart and not name.startswith(("person_name", "search")))


# -- again ---------------------------------------------------------------------------------------------------


def dump(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    opened = enter(folder)
    with opened.entry.context.store.reading() as tx:
        found = {
            table: sorted((tuple(row) for row in tx.connection.execute(sa.text(f'SELECT * FROM "{table}"'))), key=repr)
            for table in content_tables(tx.connection)
        }
    opened.entry.context.store.close()
    return found


def _told(rows: object) -> str:
    """What rows say, but for the hashes of packages: their encryption is never twice the same."""
    return re.sub(r"\b[0-9a-f]{64}\b", "", repr(rows))


def test_a_reset_tells_the_same_story_again(
    demo_folder: Path, persons: dict[str, PersonSummary], tmp_path: Path
) -> None:
    folder = tmp_path / "again"
    shutil.copytree(demo_folder, folder)
    changed = enter(folder)
    changed.services.persons.save_fields(persons["Loïc PERRIN"].id, {"mobility": "à pied"})
    lock(changed.entry.context)
    before = dump(folder)
    steps: list[tuple[int, int]] = []
    demo.reset(folder, J, cost=lambda: FLOOR, progress=lambda done, total: steps.append((done, total)))
    one, other = dump(demo_folder), dump(folder)
    assert one.keys() == other.keys() == before.keys()
    assert "person" in [table for table in one if one[table] != before[table]]
    assert [table for table in one if _told(one[table]) != _told(other[table])] == []
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1] == len(steps) - 1
    assert sorted(path.name for path in folder.iterdir()) == ["anchor.json", "keys.json", "keys.json.1", "store.db"]


class Stopped(Exception):  # noqa: N818
    pass


def stop_at_once(done: int, total: int) -> None:
    if done == 3:
        raise Stopped


def test_a_building_that_is_stopped_leaves_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with pytest.raises(Stopped):
        demo.build(folder, J, cost=lambda: FLOOR, progress=stop_at_once)
    clock = Clock()
    assert Entrance(folder, clock, Ids(clock)).is_new()
    assert list(folder.iterdir()) == []


def test_a_reset_that_is_stopped_leaves_the_store(demo_folder: Path) -> None:
    before = (demo_folder / "keys.json").read_bytes()
    with pytest.raises(Stopped):
        demo.reset(demo_folder, J, cost=lambda: FLOOR, progress=stop_at_once)
    assert (demo_folder / "keys.json").read_bytes() == before
    assert demo.is_demonstration(demo_folder)


def real_store(folder: Path) -> None:
    """A store under the published words, which does not say that it is invented."""
    clock = Clock()
    ids = Ids(clock)
    first = FirstStart(
        service=make_service(ids), officer=make_officer(ids), passphrase=demo.PASSPHRASE, notice_read=True
    )
    lock(Entrance(folder, clock, ids, cost=lambda: FLOOR).first_start(first).context)


def test_another_store_is_neither_reset_nor_built_over(tmp_path: Path) -> None:
    real_store(tmp_path / "magasin")
    content = (tmp_path / "magasin" / "keys.json").read_bytes()
    assert not demo.is_demonstration(tmp_path / "magasin")
    for act, code in ((demo.reset, "not_demonstration"), (demo.build, "store_exists")):
        with pytest.raises(Refusal) as refused:
            act(tmp_path / "magasin", J, cost=lambda: FLOOR)
        assert refused.value.code == code
    assert (tmp_path / "magasin" / "keys.json").read_bytes() == content


# -- the script ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [J + timedelta(days=step) for step in range(0, 400, 23)] + [date(2028, 2, 29)])
def test_the_script_can_be_told_on_any_day(day: date) -> None:
    end = paris(day, DAY_J.time())
    steps = script.steps(day, end)
    assert len(steps) > 500
    assert steps == sorted(steps, key=lambda one: one.at)
    assert steps[-1].at <= end


def test_days_are_written_from_day_j() -> None:
    days = Days(J, {"S": date(2026, 8, 14)})
    assert days.day("J-98d") == date(2026, 8, 16)
    assert days.day("J+7m") == date(2027, 6, 22)
    assert days.day("S+1d") == date(2026, 8, 15)
    assert days.day("S+1d!") == date(2026, 8, 17), "a Saturday goes to the Monday"
    assert days.day("J!") == J, "not into the future"
    assert days.birth("14/03", 22) == date(2004, 3, 14)
    assert days.birth("J+20d", 25) == date(2000, 12, 12)
    assert days.birth("07/04", 35, "04/07") == date(1991, 4, 7)
    assert days.filled("vu le {J-2d} ?") == "vu le 20/11/2026\u00a0?"
    with pytest.raises(ScriptError):
        days.day("hier")
