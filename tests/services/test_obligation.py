"""The follow-up of the obligations: lines are added and never changed, and facts are told as they stand."""

from dataclasses import fields, replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db import obligation as rows
from spip_desktop.db.schema import JOURNAL
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.hours import HoursLine, HoursStep, hours_on, pending
from spip_desktop.domain.obligation_standing import FactCode
from spip_desktop.domain.payment import Payment
from spip_desktop.domain.plan_content import CopyKept
from spip_desktop.domain.register import RegisterLine
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.timeline import TimelineKind
from spip_desktop.domain.week_hours import in_words, parse_week
from spip_desktop.services.context import Context
from spip_desktop.services.obligation_words import facts_words, line_words, missed_words
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services
from spip_desktop.wording import dossier_search as words
from tests.documents.reading import one_line
from tests.obligation_fixtures import DAY, SAMPLES, measure_of, obligation_of, sample

TODAY = date(2026, 11, 22)
REGISTERS = tuple(SAMPLES)


@pytest.fixture
def measure(services: Services, loic: UUID) -> UUID:
    return measure_of(services, loic, "SP")


@pytest.fixture
def obligation(services: Services, loic: UUID, measure: UUID) -> UUID:
    return obligation_of(services, loic, measure)


@pytest.fixture
def free(services: Services) -> UUID:
    """A person who is not in prison."""
    id_ = services.persons.quick_start(
        QuickStart(birth_name="Poirier", first_names="Lise", birth_date=date(1990, 2, 4), referral_on=DAY)
    )
    services.persons.assign(id_, services.context.officer_id, reason="nouveau")
    return id_


def lines_of(context: Context, name: str) -> dict[UUID, RegisterLine]:
    with context.store.reading() as tx:
        return {one.id: one for one in getattr(rows, name.upper()).find(tx)}


@pytest.mark.parametrize("name", REGISTERS)
def test_a_correction_is_a_second_line_and_both_stay(
    services: Services, loic: UUID, measure: UUID, obligation: UUID, name: str
) -> None:
    register, new = getattr(services.obligations, name), services.context.ids.new
    first = sample(name, new(), loic, measure=measure, obligation=obligation)
    register.note(first)
    second = replace(first, id=new(), corrects=first.id, note="Corrigé")
    register.note(second)
    assert lines_of(services.context, name) == {first.id: first, second.id: second}
    history = services.obligations.view(loic).history
    assert {one.line.id: one.stands for one in history} == {second.id: True, first.id: False}
    assert all(one.by == "Claire Vasseur" for one in history)
    with pytest.raises(Refusal, match="line_no_longer_stands"):
        register.note(replace(first, id=new(), corrects=first.id))
    register.withdraw(second.id, "Saisi par erreur")
    assert [one.stands for one in services.obligations.view(loic).history] == [False, False, False]
    assert lines_of(services.context, name).items() >= {first.id: first, second.id: second}.items()
    with pytest.raises(Refusal, match="line_no_longer_stands"):
        register.withdraw(second.id)


@pytest.mark.parametrize("name", REGISTERS)
def test_every_word_of_every_register_is_found_in_the_dossier(
    services: Services, loic: UUID, measure: UUID, obligation: UUID, name: str
) -> None:
    line = sample(name, services.context.ids.new(), loic, measure=measure, obligation=obligation)
    typed = [
        one.name for one in fields(line) if one.name in {"note", "host", "works", "hours"} and one.type in ("str", str)
    ]
    line = replace(line, **{field: f"canari {field}" for field in typed})
    getattr(services.obligations, name).note(line)
    table = getattr(rows, name.upper()).name
    assert set(typed) == set(words.REGISTERS[table])
    found = " ".join(one.text for one in services.dossier_search.texts(loic))
    assert all(f"canari {field}" in found for field in typed)


def test_a_line_about_another_dossier_is_refused(services: Services, loic: UUID, obligation: UUID) -> None:
    other = services.persons.quick_start(
        QuickStart(birth_name="Perrot", first_names="Jean", birth_date=date(1990, 1, 1), ecrou_number="777")
    )
    line = Payment(id=services.context.ids.new(), person_id=other, obligation_id=obligation, paid_on=DAY, cents=1)
    with pytest.raises(Refusal, match="not_found"):
        services.obligations.payments.note(line)


def test_what_the_payments_of_an_obligation_come_to(
    services: Services, loic: UUID, measure: UUID, obligation: UUID
) -> None:
    new = services.context.ids.new
    services.obligations.plans.note(
        replace(sample("plans", new(), loic, measure=measure, obligation=obligation), starts=date(2026, 8, 5))
    )
    for day in (date(2026, 8, 6), date(2026, 11, 6)):
        services.obligations.payments.note(
            Payment(id=new(), person_id=loic, obligation_id=obligation, paid_on=day, cents=60_00)
        )
    (one,) = services.obligations.view(loic).obligations
    account = one.account(TODAY)
    assert account is not None
    assert (account.due, account.paid, account.balance) == (240_00, 120_00, 120_00)
    assert missed_words(account) == "Mois sans versement\u00a0: septembre 2026, octobre 2026"
    assert facts_words(replace(one, asleep=False), TODAY) == (
        "120\u00a0€ versés sur 240\u00a0€ prévus à ce jour, il manque 120\u00a0€",
    )


def test_while_incarcerated_a_probation_s_obligation_sleeps_and_its_suspension_is_proposed(
    services: Services, loic: UUID, measure: UUID, obligation: UUID
) -> None:
    """V09, CP 132-43: contact and place bans stay; the proposal is the Situation's, accepted there or here."""
    ban = obligation_of(services, loic, measure, "cp132_45_13")
    view = services.obligations.view(loic)
    codes = {one.obligation.id: [fact.code for fact in one.facts(TODAY)] for one in view.obligations}
    assert codes == {obligation: [FactCode.ASLEEP], ban: [FactCode.NOTHING]}
    (proposal,) = view.proposals
    services.situation.accept_suspension(proposal)
    assert services.obligations.view(loic).proposals == []
    cell, registry = (
        one_line(services.obligations.papers.own(loic, kept).content) for kept in (CopyKept.CELL, CopyKept.REGISTRY)
    )
    assert "Ce qui vous est demandé vous est expliqué en entretien." in cell
    assert "Rien à faire" not in cell, "a ban binds, which this copy may not tell"
    assert "Ne pas entrer en relation" in registry
    assert "Elles reprennent à votre sortie." in registry


def test_hours_are_asked_then_granted_with_who_decided(services: Services, loic: UUID) -> None:
    measure = measure_of(services, loic, "DDSE-A")
    new, hours = services.context.ids.new, services.obligations.hours
    first = HoursLine(
        id=new(), person_id=loic, measure_id=measure, step=HoursStep.GRANTED, happened_on=date(2026, 9, 1),
        slots=parse_week("lun-ven 8h-18h"), authority="jap",
    )  # fmt: skip
    asked = replace(
        first, id=new(), step=HoursStep.ASKED, happened_on=date(2026, 11, 21), authority="", note="École",
        slots=parse_week("lun-ven 7h30-18h"),
    )  # fmt: skip
    hours.note(first)
    hours.note(asked)
    (followed,) = services.obligations.view(loic).hours
    assert pending(followed.lines) == (asked,)
    granted = replace(
        asked, id=new(), step=HoursStep.GRANTED, happened_on=TODAY, authority="dspip", answers=asked.id,
        starts=date(2026, 11, 23),
    )  # fmt: skip
    with pytest.raises(Refusal, match="jap_authorisation_needed"):
        hours.note(granted)
    hours.note(replace(granted, jap_on=TODAY))
    (followed,) = services.obligations.view(loic).hours
    assert pending(followed.lines) == ()
    held = [hours_on(followed.lines, day) for day in (TODAY, date(2026, 11, 23))]
    assert [in_words(one.slots) for one in held if one] == [
        "lun-ven 8\u00a0h-18\u00a0h", "lun-ven 7\u00a0h\u00a030-18\u00a0h",
    ]  # fmt: skip
    assert "autorisation du juge du 22/11/2026" in line_words(replace(granted, jap_on=TODAY))


def test_a_request_corrected_after_its_answer_keeps_it(services: Services, loic: UUID) -> None:
    measure = measure_of(services, loic, "SL")
    new, hours = services.context.ids.new, services.obligations.hours
    granted = sample("hours", new(), loic, measure=measure, obligation=measure)
    asked = replace(granted, id=new(), step=HoursStep.ASKED, authority="")
    hours.note(asked)
    hours.note(replace(granted, answers=asked.id))
    corrected = replace(asked, id=new(), corrects=asked.id, note="École des enfants")
    hours.note(corrected)
    again = replace(corrected, id=new(), corrects=corrected.id, note="École")
    hours.note(again)
    (followed,) = services.obligations.view(loic).hours
    assert pending(followed.lines) == ()
    assert not [one for one in services.todo.of_person(loic) if one.key.startswith("OB5")]
    hours.note(replace(granted, id=new(), corrects=granted.id, answers=asked.id, note="Dès lundi"))
    with pytest.raises(Refusal, match="request_already_answered"):
        hours.note(replace(granted, id=new(), answers=again.id))
    answer = next(one for one in services.obligations.view(loic).hours[0].lines if one.answers)
    services.obligations.hours.withdraw(answer.id)
    assert pending(services.obligations.view(loic).hours[0].lines) == (again,)


def test_a_paper_without_a_period_is_a_paper(services: Services, free: UUID) -> None:
    measure = measure_of(services, free)
    obligation = obligation_of(services, free, measure, "cp132_45_1")
    proof = sample("proofs", services.context.ids.new(), free, measure=measure, obligation=obligation)
    services.obligations.proofs.note(replace(proof, covers_until=None))
    (one,) = services.obligations.view(free).obligations
    assert facts_words(one, TODAY) == ("Contrat, fiche de paie ou attestation de formation, copie vue le 20/11/2026",)


def test_what_is_over_binds_no_more_and_what_is_to_come_not_yet(services: Services, free: UUID) -> None:
    ended = measure_of(services, free, "LC", ended_on=date(2026, 10, 1))
    runs = measure_of(services, free, "SP")
    obligation_of(services, free, ended, "cp132_45_1")
    obligation_of(services, free, runs, "cp132_45_2", ends=date(2026, 11, 1))
    obligation_of(services, free, runs, "cp132_45_4", starts=date(2027, 1, 5))
    view = services.obligations.view(free)
    assert [facts_words(one, TODAY) for one in view.obligations] == [
        ("Finie le 01/11/2026",), ("À partir du 05/01/2027",), ("Finie le 01/10/2026",),
    ]  # fmt: skip
    own = one_line(services.obligations.papers.own(free, CopyKept.HOME).content)
    assert "Travailler" not in own
    assert "Habiter" not in own
    assert "À partir du 05/01/2027." in own
    judge = one_line(services.obligations.papers.state(free).content)
    assert "finie le 01/10/2026" in judge


def test_the_hours_of_work_ordered_with_a_probation_are_counted(services: Services, free: UUID) -> None:
    """CP 132-45, 21°."""
    measure = measure_of(services, free, "SP", hours=70)
    assert services.obligations.view(free).works == ()
    obligation_of(services, free, measure, "cp132_45_21")
    services.obligations.sessions.note(
        sample("sessions", services.context.ids.new(), free, measure=measure, obligation=measure)
    )
    view = services.obligations.view(free)
    assert [facts_words(one, TODAY) for one in view.obligations] == [
        (f"4{NBSP}h faites sur 70{NBSP}h, il reste 66{NBSP}h",)
    ]
    assert "Il vous reste 66 h." in one_line(services.obligations.papers.own(free, CopyKept.HOME).content).replace(
        NBSP, " "
    )


def test_the_journal_says_what_was_noted_and_nothing_of_it(services: Services, loic: UUID, obligation: UUID) -> None:
    context = services.context
    line = Payment(
        id=context.ids.new(), person_id=loic, obligation_id=obligation, paid_on=DAY, cents=60_00, note="Mandat"
    )
    services.obligations.payments.note(line)
    with context.store.reading() as tx:
        written = tx.connection.execute(JOURNAL.select().order_by(JOURNAL.c.seq.desc())).mappings().first()
    assert written is not None
    assert (written["act"], written["kind"], written["object"]) == ("note_payment", "payment", str(line.id))
    assert "Mandat" not in str(dict(written))


def test_the_copy_for_the_cell_holds_no_word_typed_and_is_kept_to_the_byte(
    services: Services, loic: UUID, measure: UUID
) -> None:
    obligation_of(services, loic, measure, "cp132_45_9", precision="Domicile de la victime")
    ended = obligation_of(
        services, loic, measure_of(services, loic, "LC"), "cp132_45_5", precision="Partie civile Morel"
    )
    papers = services.obligations.papers
    assert papers.usual_copy(loic) is CopyKept.CELL
    cell, registry = papers.own(loic, CopyKept.CELL), papers.own(loic, CopyKept.REGISTRY)
    said = one_line(cell.content)
    assert "Versements de chaque mois" in said
    assert not {"victime", "Morel", "libération", "conditionnelle"} & set(said.replace(".", " ").split())
    assert "Partie civile Morel" in one_line(registry.content)
    assert papers.own(loic, CopyKept.CELL).issued_id == cell.issued_id
    services.situation.obligations.save_fields(ended, {"status": "levee"})
    assert papers.own(loic, CopyKept.CELL).issued_id != cell.issued_id


def test_there_is_no_paper_of_nothing(services: Services, loic: UUID) -> None:
    with pytest.raises(Refusal, match="no_obligation_followed"):
        services.obligations.papers.state(loic)


def test_hours_decided_for_later_are_on_both_papers(services: Services, loic: UUID) -> None:
    measure, new = measure_of(services, loic, "SL"), services.context.ids.new
    later = replace(
        sample("hours", new(), loic, measure=measure, obligation=measure), starts=date(2026, 11, 30), note=""
    )
    services.obligations.hours.note(later)
    own = one_line(services.obligations.papers.own(loic, CopyKept.CELL).content).replace(NBSP, " ")
    assert "À partir du 30/11/2026 : Du lundi au vendredi, de 8 h à 18 h." in own
    now = replace(later, id=new(), starts=DAY, slots=parse_week("lun-ven 9h-12h"))
    services.obligations.hours.note(now)
    own = one_line(services.obligations.papers.own(loic, CopyKept.CELL).content).replace(NBSP, " ")
    assert "Du lundi au vendredi, de 9 h à 12 h. Jusqu’au 29/11/2026." in own
    judge = one_line(services.obligations.papers.state(loic).content).replace(NBSP, " ")
    assert "À partir du 30/11/2026 : lun-ven" in judge, "what has not begun is not « depuis »"


def test_what_the_situation_lacks_is_said_plainly_to_the_judge(services: Services, loic: UUID) -> None:
    measure = measure_of(services, loic, "TIG")
    services.obligations.sessions.note(
        sample("sessions", services.context.ids.new(), loic, measure=measure, obligation=measure)
    )
    said = one_line(services.obligations.papers.state(loic).content)
    assert "nombre d’heures prononcé non renseigné" in said
    assert "Délai d’exécution : non renseigné" in said.replace(NBSP, " ")
    assert "« Situation »" not in said, "a screen of this program means nothing to a judge"


def test_the_timeline_tells_the_lines_that_stand(
    services: Services, loic: UUID, measure: UUID, obligation: UUID
) -> None:
    new, payments = services.context.ids.new, services.obligations.payments
    first = sample("payments", new(), loic, measure=measure, obligation=obligation)
    payments.note(first)
    payments.note(replace(first, id=new(), corrects=first.id, cents=45_00))
    told = [one for one in services.timeline.of_person(loic) if one.kind is TimelineKind.OBLIGATION]
    assert [(one.what, one.on) for one in told] == [("Versement\u00a0: 45\u00a0€, copie", DAY)]
