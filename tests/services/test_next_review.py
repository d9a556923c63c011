"""The date of the strip is the one that the page of the plan tells: the last day of the window of the plan in force."""

from datetime import date
from uuid import UUID

from spip_desktop.domain.pacep_states import Agreement, VisaWay
from spip_desktop.domain.person_list import PersonFilter, Sort, Whose
from spip_desktop.services.context import Context
from spip_desktop.services.pacep import Answer, Visa
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import make_services
from tests.pacep_fixtures import Written, evaluate, write

EVERYBODY = PersonFilter(whose=Whose.ALL)


def test_the_strip_and_the_plan_tell_the_same_day(context: Context, perrin: UUID, written: Written) -> None:
    services = make_services(context)
    pacep, today = services.pacep, context.clock.today()

    def told() -> tuple[str, date | None]:
        header = services.synthesis.header(perrin)
        (line,) = services.persons.page(EVERYBODY)
        assert (line.next_why, line.next_on) == ("review" if header.next_on else "", header.next_on), "the list too"
        return header.next_what, header.next_on

    pacep.draft.save_fields(written.plan, {"next_review": date(2028, 5, 22)})
    assert told() == ("", None), "a draft was put to nobody"
    pacep.course.submit(written.plan)
    assert told() == ("révision du PACEP", date(2028, 5, 22)), "the day chosen, until the plan is in force"
    pacep.course.note_agreement(written.plan, Answer(agreement=Agreement.YES, happened_on=today))
    visa = Visa(way=VisaWay.PAPER, happened_on=today, signed_by="H. Marchand", reason="Pas de DPIP dans ce dossier.")
    pacep.course.note_visa(written.plan, visa)
    pacep.course.put_in_force(written.plan, today)
    review = pacep.view(perrin).review
    assert review is not None
    assert review.closes < date(2028, 5, 22), "the level asks for it sooner"
    assert told() == ("révision du PACEP", review.closes)


def test_the_list_is_sorted_by_the_day_it_tells(context: Context, perrin: UUID, written: Written) -> None:
    """A plan chosen for 2028 whose level asks for it sooner comes before one that comes sooner by its chosen day."""
    services = make_services(context)
    pacep, today = services.pacep, context.clock.today()
    other = services.persons.quick_start(
        QuickStart(birth_name="Abadie", first_names="Zoé", birth_date=date(1990, 1, 2), ecrou_number="777")
    )
    nobody = services.persons.quick_start(
        QuickStart(birth_name="Bel", first_names="Ana", birth_date=date(1991, 1, 2), ecrou_number="778")
    )
    second = write(pacep, other, evaluate(context, other).need)
    pacep.draft.save_fields(second.plan, {"next_review": date(2028, 1, 3)})
    pacep.course.submit(second.plan)
    pacep.draft.save_fields(written.plan, {"next_review": date(2028, 5, 22)})
    pacep.course.submit(written.plan)

    def order(*, descending: bool = False) -> list[UUID]:
        return [one.id for one in services.persons.page(EVERYBODY, sort=Sort.NEXT, descending=descending)]

    assert order() == [other, perrin, nobody], "the control: the chosen days, while neither is in force"
    pacep.course.note_agreement(written.plan, Answer(agreement=Agreement.YES, happened_on=today))
    pacep.course.note_visa(written.plan, Visa(way=VisaWay.PAPER, happened_on=today, signed_by="H. Marchand"))
    pacep.course.put_in_force(written.plan, today)
    assert order() == [perrin, other, nobody]
    assert order(descending=True) == [other, perrin, nobody]
    paged = [services.persons.page(EVERYBODY, sort=Sort.NEXT, offset=at, limit=1)[0].id for at in range(3)]
    assert paged == order()


def test_an_appointment_counts_in_the_list_as_in_the_strip(context: Context, perrin: UUID) -> None:
    services, tuesday = make_services(context), date(2026, 12, 8)
    other = services.persons.quick_start(
        QuickStart(birth_name="Abadie", first_names="Zoé", birth_date=date(1990, 1, 2), referral_on=date(2026, 8, 16))
    )
    made = services.appointments.draft.start(other, "suivi", tuesday, (10, 0))
    listed = services.persons.page(EVERYBODY, sort=Sort.NEXT)
    assert [(one.id, one.next_why, one.next_on) for one in listed] == [(other, "meeting", tuesday), (perrin, "", None)]
    assert services.synthesis.header(other).next_on == tuesday
    services.appointments.draft.cancel(made)
    assert [one.next_on for one in services.persons.page(EVERYBODY)] == [None, None]
