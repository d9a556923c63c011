"""The papers of the obligations: « État des obligations » for the judge, « Mes obligations » for the person.

Each is dated of the day it is made, and its bytes are kept; asked for again with nothing changed, they come back.
"""

from collections.abc import Callable
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db import paper as papers
from spip_desktop.db.person import PERSONS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.paper import IssuedDocument
from spip_desktop.domain.plan_content import CopyKept
from spip_desktop.domain.situation import current_custody
from spip_desktop.services import obligation_content as contents
from spip_desktop.services.context import Context
from spip_desktop.services.obligation_view import FollowUp
from spip_desktop.services.printing import Printable
from spip_desktop.services.synthesis import SynthesisService
from spip_desktop.wording.obligation import OWN_CELL_TITLE, OWN_TITLE, STATE_TITLE

STATE, OWN = "obligations_etat", "obligations_personne"
#: What the papers are about, in the journal: the dossier.
_ABOUT = "person"


class ObligationPapers:
    """`view` reads the follow-up, and checks that the dossier is open."""

    def __init__(self, context: Context, synthesis: SynthesisService, view: Callable[[UUID], FollowUp]) -> None:
        self._context, self._synthesis, self._view = context, synthesis, view

    def state(self, person_id: UUID) -> Printable:
        """« État des obligations » as of today, kept. Refusal `no_obligation_followed` when there is nothing to say."""
        self._context.actor.require(Right.PRINT)
        follow, frame = self._view(person_id), self._synthesis.header(person_id).title
        if not (follow.obligations or follow.works or follow.hours):
            raise Refusal("no_obligation_followed")
        with self._context.store.reading() as tx:
            content = contents.state(follow, self._around(tx, person_id, frame))
        from spip_desktop.documents.obligation_state import render  # reportlab: not before the first paper

        laid = render(content, day=follow.today, demo=self._context.demonstration)
        return self._issued(person_id, STATE, STATE_TITLE, laid)

    def own(self, person_id: UUID, kept: CopyKept) -> Printable:
        """« Mes obligations »; for the cell, nothing that names an offence, a programme or a measure (R. 311-3)."""
        self._context.actor.require(Right.PRINT)
        follow = self._view(person_id)
        if not (follow.obligations or follow.works or follow.hours):
            raise Refusal("no_obligation_followed")
        with self._context.store.reading() as tx:
            content = contents.own(follow, self._around(tx, person_id, ""), kept)
        from spip_desktop.documents.own_obligations import render

        laid = render(content, day=follow.today, demo=self._context.demonstration)
        title = OWN_CELL_TITLE if kept is CopyKept.CELL else OWN_TITLE
        return self._issued(person_id, f"{OWN}_{kept}", title, laid)

    def usual_copy(self, person_id: UUID) -> CopyKept:
        """Which copy suits where the person is: the cell under écrou, home otherwise."""
        self._context.actor.require(Right.READ_PERSON)
        self._view(person_id)
        with self._context.store.reading() as tx:
            custody = current_custody(CUSTODIES.find(tx, person_id=person_id), tx.clock.today())
        return CopyKept.CELL if custody and custody.hosted else CopyKept.HOME

    def _around(self, tx: Transaction, person_id: UUID, frame: str) -> contents.Around:
        return contents.Around(
            person=PERSONS.get(tx, person_id),
            frame=frame,
            service=officers.service(tx),
            officer=self._context.actor.officer,
        )

    def _issued(self, person_id: UUID, kind: str, title: str, content: bytes) -> Printable:
        """Keep what is issued, unless the last one of its kind is the same to the byte."""
        with self._context.store.reading() as tx:
            every = [one for one in papers.of(tx, person_id) if one.kind == kind]
        if every and every[-1].content == content:
            return _printable(every[-1])
        with self._context.store.transaction(self._context.actor, "issue_obligations") as tx:
            document = papers.issue(
                tx,
                kind=kind,
                object_id=person_id,
                person_id=person_id,
                title=title,
                version=len(every) + 1,
                content=content,
            )
            tx.note(_ABOUT, person_id)
        return _printable(document)


def _printable(issued: IssuedDocument) -> Printable:
    return Printable(
        title=issued.title, content=issued.content, kind=_ABOUT, object_id=issued.object_id, issued_id=issued.id
    )
