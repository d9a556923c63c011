"""The paper of one interview: its note as it stands, for the dossier in paper. Its confidences are in no paper."""

from uuid import UUID

from spip_desktop.db.person import PERSONS
from spip_desktop.domain import dates
from spip_desktop.domain.interview import KIND
from spip_desktop.domain.interview_paper import NotePaper
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.context import Context
from spip_desktop.services.interview_reading import InterviewReadingService, InterviewView
from spip_desktop.services.interview_words import signed, title_of, told
from spip_desktop.services.printing import Printable
from spip_desktop.wording.interview import PAPER_TITLE


class InterviewPaperService:
    """`reading` reads the note, and checks that the dossier is open."""

    def __init__(self, context: Context, reading: InterviewReadingService) -> None:
        self._context, self._reading = context, reading

    def note(self, interview_id: UUID) -> Printable:
        """The note and its complements, as of today; a draft says that it is one."""
        self._context.actor.require(Right.READ_INTERVIEW)
        self._context.actor.require(Right.PRINT)
        from spip_desktop.documents import interview_note  # reportlab: not before the first paper

        content = interview_note.render(
            self._content(self._reading.view(interview_id)),
            day=self._context.clock.today(),
            demo=self._context.demonstration,
        )
        return Printable(title=PAPER_TITLE, content=content, kind=KIND, object_id=interview_id)

    def _content(self, view: InterviewView) -> NotePaper:
        with self._context.store.reading() as tx:
            person = PERSONS.get(tx, view.interview.person_id)
        born = f", naissance le {dates.short(person.birth_date)}" if person.birth_date else ""
        return NotePaper(
            title=title_of(view.interview),
            person=f"{person.display_name}{born}",
            told=[(part.label, part.said) for part in told(view)],
            added=[(french_spaces(one.comment), signed(one, view)) for one in view.additions],
            draft=not view.interview.is_closed,
        )
