"""The penal situation through its service: lines checked, marks, editions, the basis, the synthesis."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.marks import MarkCode
from spip_desktop.domain.measure import Basis, BasisKind, Custody, Measure, PenalCategory, SentenceLine, SentenceSheet
from spip_desktop.domain.person_list import PersonFilter, Sort, Whose
from spip_desktop.services.access import AccessService
from spip_desktop.services.catalogue import Catalogue
from spip_desktop.services.context import Context
from spip_desktop.services.person import PersonService, QuickStart
from spip_desktop.services.situation import SituationService, release_now, require_basis
from spip_desktop.services.synthesis import SynthesisService
from spip_desktop.wording.person import mark_source, missing_words
from tests.store_fixtures import MovableClock

START = QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="12345")


@pytest.fixture
def persons(context: Context) -> PersonService:
    return PersonService(context, AccessService(context))


@pytest.fixture
def situation(context: Context) -> SituationService:
    return SituationService(context, AccessService(context), Catalogue())


@pytest.fixture
def synthesis(context: Context) -> SynthesisService:
    return SynthesisService(context, AccessService(context), Catalogue())


@pytest.fixture
def loic(persons: PersonService, situation: SituationService, context: Context) -> UUID:
    """The young man of the reference picture: 14 months, end on 22/06/2027."""
    id_ = persons.quick_start(START)
    persons.save_fields(id_, {"sex": "M"})
    (custody,) = situation.penal(id_).custodies
    situation.custodies.save_fields(
        custody.value.id,
        {"establishment": "MA de Valbrune", "starts": date(2026, 4, 22), "penal_category": "condamne"},
    )
    line = SentenceLine(id=context.ids.new(), label="TC Valbrune", quantum_months=14)
    situation.sheets.add(
        SentenceSheet(
            id=context.ids.new(),
            person_id=id_,
            as_of=date(2026, 11, 3),
            sentence_start=date(2026, 4, 22),
            end_official=date(2027, 6, 22),
            commission_on=date(2027, 1, 28),
            lines=(line,),
        )
    )
    return id_


def measure(context: Context, person_id: UUID, kind: str, **fields: object) -> Measure:
    return Measure(id=context.ids.new(), person_id=person_id, kind=kind, **fields)  # type: ignore[arg-type]


def test_the_marks_of_the_reference_picture(situation: SituationService, loic: UUID) -> None:
    penal = situation.penal(loic)
    shown = {mark.code: (mark.day, mark_source(mark, penal.sheet)) for mark in penal.marks}
    assert shown[MarkCode.HALF] == (date(2026, 11, 22), "indicatif")
    assert shown[MarkCode.TWO_THIRDS] == (date(2027, 2, 1), "indicatif")
    assert shown[MarkCode.COMMISSION] == (date(2027, 1, 28), "annoncée par le greffe")
    assert shown[MarkCode.END] == (date(2027, 6, 22), "fiche pénale du 03/11/2026")
    assert shown[MarkCode.CUSTODY] == (date(2026, 4, 22), "greffe")


def test_a_new_edition_starts_from_the_last_and_shows_what_moved(situation: SituationService, loic: UUID) -> None:
    edition = situation.new_edition(loic)
    assert situation.penal(loic).moved == ()
    situation.sheets.save_fields(edition, {"end_official": date(2027, 5, 22)})
    penal = situation.penal(loic)
    assert {one.after.code for one in penal.moved} == {
        MarkCode.HALF, MarkCode.TWO_THIRDS, MarkCode.END, MarkCode.RELEASE,
    }  # fmt: skip
    assert [sheet.value.end_official for sheet in penal.sheets] == [date(2027, 5, 22), date(2027, 6, 22)]
    assert penal.sheets[0].value.lines[0].id != penal.sheets[1].value.lines[0].id


def test_a_sentence_line_does_not_write_over_an_edition_changed_elsewhere(
    situation: SituationService, loic: UUID
) -> None:
    (sheet,) = situation.penal(loic).sheets
    line = sheet.value.lines[0].id
    saved = situation.save_sheet_line(sheet.value.id, line, {"quantum_months": 12}, sheet.lock)
    assert (saved.lock, saved.refused) == (sheet.lock + 1, ())
    with pytest.raises(Refusal, match="changed_elsewhere"):
        situation.save_sheet_line(sheet.value.id, line, {"quantum_months": 10}, sheet.lock)
    assert situation.penal(loic).sheets[0].value.lines[0].quantum_months == 12


def test_v03_a_second_open_ecrou_is_refused_and_cannot_come_back_from_the_bin(
    situation: SituationService, loic: UUID, context: Context
) -> None:
    second = Custody(id=context.ids.new(), person_id=loic, establishment="CD de Haute-Orsanne")
    with pytest.raises(Refusal, match="second_open_ecrou"):
        situation.custodies.add(second)
    (first,) = situation.penal(loic).custodies
    situation.custodies.bin(first.value.id)
    situation.custodies.add(second)
    with pytest.raises(Refusal, match="second_open_ecrou"):
        situation.custodies.restore(first.value.id)


def test_a_new_ecrou_number_is_found_and_a_binned_one_is_not(
    situation: SituationService, persons: PersonService, loic: UUID
) -> None:
    (custody,) = situation.penal(loic).custodies
    situation.custodies.save_fields(custody.value.id, {"ecrou_number": "54321"})
    assert [hit.id for hit in persons.search("54321")] == [loic]
    assert persons.search("12345") == []
    situation.custodies.bin(custody.value.id)
    assert persons.search("54321") == []


def test_v01_no_act_without_a_basis(
    situation: SituationService, persons: PersonService, context: Context, loic: UUID
) -> None:
    assert situation.may_act(loic) is None
    (custody,) = situation.penal(loic).custodies
    situation.custodies.save_fields(custody.value.id, {"ends": date(2026, 11, 22)})
    problem = situation.may_act(loic)
    assert problem is not None
    assert problem.code == "no_active_basis"
    with context.store.reading() as tx, pytest.raises(Refusal, match="no_active_basis"):
        require_basis(tx, loic)
    help_asked = Basis(id=context.ids.new(), person_id=loic, kind=BasisKind.VOLUNTARY, received_on=date(2026, 11, 22))
    situation.bases.add(help_asked)
    assert situation.may_act(loic) is None


def test_v05_is_refused_until_the_recidivism_is_noted(
    situation: SituationService, loic: UUID, context: Context
) -> None:
    one = measure(context, loic, "SP")
    situation.measures.add(one)
    saved = situation.measures.save_fields(one.id, {"probation_months": 48})
    assert [(problem.code, problem.field) for problem in saved.refused] == [("probation_delay", "probation_months")]
    assert situation.measures.save_fields(one.id, {"probation_months": 48, "recidivism": "recidive"}).refused == ()


def test_v09_the_suspension_is_proposed_and_accepted(situation: SituationService, loic: UUID, context: Context) -> None:
    probation = measure(context, loic, "SP", starts=date(2026, 1, 5))
    situation.measures.add(probation)
    added = situation.add_obligations(probation.id, ["cp132_45_1", "cp132_45_13", "cp132_45_9"])
    penal = situation.penal(loic)
    assert penal.asleep == {added[0]}
    (proposal,) = penal.proposals
    situation.accept_suspension(proposal)
    penal = situation.penal(loic)
    assert penal.proposals == []
    assert [one.starts for one in penal.measures[0].value.suspensions] == [date(2026, 4, 22)]


def test_v11_the_catalogue_says_what_a_measure_may_carry(
    situation: SituationService, loic: UUID, context: Context
) -> None:
    after = measure(context, loic, "SPL")
    situation.measures.add(after)
    with pytest.raises(Refusal, match="obligation_not_for_measure"):
        situation.add_obligations(after.id, ["cp132_45_3"])
    assert situation.penal(loic).obligations == []
    situation.add_obligations(after.id, Catalogue().control_measures())
    assert len(situation.penal(loic).obligations) == 6
    situation.add_obligations(after.id, ["cp132_44_1"])
    assert len(situation.penal(loic).obligations) == 6
    offered = {code for code, _ in Catalogue().obligations(date(2026, 11, 22), "SPL")}
    assert {"cp132_45_2", "cp132_45_9", "cp132_45_13bis"} <= offered
    assert "cp132_45_1" not in offered
    assert Catalogue().obligations(date(2026, 11, 22), "STAGE") == ()


def test_the_header_and_what_is_missing(synthesis: SynthesisService, loic: UUID, persons: PersonService) -> None:
    header = synthesis.header(loic)
    assert (header.name, header.milieu, header.place) == ("Loïc PERRIN", "Milieu fermé", "MA de Valbrune")
    assert (header.title_label, header.title) == ("Titre de détention", "Condamné, 14\u00a0mois")
    assert header.age_line == "22\u00a0ans, né le 14/03/2004"
    assert (header.next_on, header.next_what) == (date(2027, 1, 28), "commission (CAP)")
    missing = {one.code for one in synthesis.synthesis(loic).missing}
    assert missing == {"document", "home", "evaluation", "pacep"}
    assert all(missing_words(one.code, one.words) for one in synthesis.synthesis(loic).missing)


def test_in_the_open_the_measure_is_named(
    synthesis: SynthesisService, situation: SituationService, persons: PersonService, context: Context
) -> None:
    martine = persons.quick_start(
        QuickStart(
            birth_name="Bréaud", first_names="Martine", birth_date=date(1968, 6, 2), referral_on=date(2026, 8, 16)
        )
    )
    situation.measures.add(measure(context, martine, "SP", starts=date(2026, 8, 1)))
    header = synthesis.header(martine)
    assert (header.milieu, header.title_label, header.title) == ("Milieu ouvert", "Mesure", "Sursis probatoire")


def test_the_list_shows_and_sorts_the_release(
    persons: PersonService, situation: SituationService, loic: UUID, context: Context, moving: MovableClock
) -> None:
    other = persons.quick_start(replace(START, birth_name="Abel", ecrou_number="54321"))
    (custody,) = situation.penal(other).custodies
    situation.custodies.save_fields(custody.value.id, {"release_target_on": date(2026, 12, 24)})
    lines = persons.page(PersonFilter(whose=Whose.ALL), sort=Sort.RELEASE)
    assert [(one.id, one.release_on, one.release_why) for one in lines] == [
        (other, date(2026, 12, 24), "target"), (loic, date(2027, 6, 22), "official_end"),
    ]  # fmt: skip
    assert (lines[1].next_on, lines[1].next_why) == (date(2027, 1, 28), "commission")
    with context.store.reading() as tx:
        assert release_now(tx, other).why == "target"
        assert release_now(tx, other, acquired=True).day is None


def test_a_person_on_remand_has_no_end(situation: SituationService, loic: UUID) -> None:
    (custody,) = situation.penal(loic).custodies
    situation.custodies.save_fields(custody.value.id, {"penal_category": PenalCategory.REMAND})
    assert {mark.why for mark in situation.penal(loic).marks if mark.code is MarkCode.HALF} == {"remand"}
