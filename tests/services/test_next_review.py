"""The date of the strip is the one that the page of the plan tells: the last day of the window of the plan in force."""

from datetime import date
from uuid import UUID

from spip_desktop.domain.pacep_states import Agreement, VisaWay
from spip_desktop.services.context import Context
from spip_desktop.services.pacep import Answer, Visa
from spip_desktop.wiring import make_services
from tests.pacep_fixtures import Written


def test_the_strip_and_the_plan_tell_the_same_day(context: Context, perrin: UUID, written: Written) -> None:
    services = make_services(context)
    pacep, today = services.pacep, context.clock.today()

    def told() -> tuple[str, date | None]:
        header = services.synthesis.header(perrin)
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
