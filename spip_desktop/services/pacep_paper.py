"""The papers of a plan: « Projet » (never kept), « À signer » and the person's copy (kept, reprinted to the byte)."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db import pacep as paceps
from spip_desktop.db import paper as papers
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.person import CONTACTS, PERSONS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.pacep_states import KIND
from spip_desktop.domain.paper import IssuedDocument
from spip_desktop.domain.person import Contact
from spip_desktop.domain.plan_content import CopyKept, words_kept_out
from spip_desktop.domain.situation import current_custody
from spip_desktop.domain.text import fold
from spip_desktop.domain.vigilance import Found, Topic, scan
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.pacep_changes import ends_of, lines_between, moment_of
from spip_desktop.services.pacep_content import PROGRAMMES, Around, copy_texts, named, person_copy, plan_content
from spip_desktop.services.printing import Printable
from spip_desktop.services.synthesis import SynthesisService

TO_SIGN = "pacep_a_signer"
#: Topics of the list `vigilance` that would tell why the person is held, or under which measure.
_OFFENCE, _MEASURE = "infraction", "juridiction"
#: The topic of `copy_words` to which the names of the person's contacts belong; names this short are common words.
_OTHERS, _NAME_SIGNS = "tiers", 3


class PacepPaperService:
    """What is read is read as it stands; what was issued is never rendered a second time."""

    def __init__(self, context: Context, access: AccessService, synthesis: SynthesisService) -> None:
        self._context, self._access, self._synthesis = context, access, synthesis

    # -- the plan ----------------------------------------------------------------------------------------------

    def project(self, pacep_id: UUID) -> Printable:
        """The draft as it is now, marked « PROJET », without signature block."""
        self._context.actor.require(Right.PRINT)
        plan, frame = self._plan_and_frame(pacep_id)
        with self._context.store.reading() as tx:
            content = self._rendered(tx, plan, frame, to_sign=False)
        return Printable(title=f"PACEP, version {plan.number}, projet", content=content, kind=KIND, object_id=pacep_id)

    def frame_of(self, person_id: UUID) -> str:
        """The measure or the title of detention, in words, as the strip says it."""
        return self._synthesis.header(person_id).title

    def issue_to_sign(self, tx: Transaction, plan: Pacep, frame: str) -> IssuedDocument:
        """Render « À signer » once and keep its bytes, in the transaction that freezes the plan."""
        content = self._rendered(tx, plan, frame, to_sign=True)
        return self._keep(tx, plan, TO_SIGN, f"PACEP, version {plan.number}, à signer", content)

    def to_sign(self, pacep_id: UUID) -> Printable:
        """The bytes issued when the plan was put to the person; Refusal `pacep_not_stored` before."""
        self._context.actor.require(Right.PRINT)
        with self._context.store.reading() as tx:
            self._plan(tx, pacep_id)
            issued = _issued(tx, pacep_id, TO_SIGN)
        if issued is None:
            raise Refusal("pacep_not_stored")
        return _printable(issued)

    def changes(self, pacep_id: UUID) -> Printable:
        """« Ce qui a changé »: since the version before, or since this one was put to the person; never kept.

        Refusal `pacep_submit_first` for a draft.
        """
        self._context.actor.require(Right.PRINT)
        plan, frame = self._plan_and_frame(pacep_id)
        if not plan.is_frozen:
            raise Refusal("pacep_submit_first")
        with self._context.store.reading() as tx:
            today = tx.clock.today()
            every = [
                one for one in paceps.today(tx, plan.person_id) if one[0].is_frozen and one[0].number <= plan.number
            ]
            (last, facts), (now, own) = every[-2:][0], every[-1]
            before, ends = PACEPS.get(tx, last.id), ends_of(last, facts) | ends_of(now, own)
            around = self._around(tx, plan, frame)
        from spip_desktop.documents.pacep_changes import ChangesContent, render_changes  # reportlab: not before

        content = ChangesContent(
            person=named(around.person),
            frame=frame,
            service=", ".join(part for part in (around.service.name, around.service.branch) if part),
            before=moment_of(before, None),
            now=moment_of(now, today),
            lines=lines_between(before, now, ends),
        )
        paper = render_changes(content, day=today, demo=self._context.demonstration)
        return Printable(title="Ce qui a changé dans le plan", content=paper, kind=KIND, object_id=pacep_id)

    # -- the person's copy ---------------------------------------------------------------------------------------

    def usual_copy(self, pacep_id: UUID) -> CopyKept:
        """Which copy suits where the person is: the cell under écrou, home otherwise."""
        self._context.actor.require(Right.READ_PACEP)
        with self._context.store.reading() as tx:
            plan = self._plan(tx, pacep_id)
            custody = current_custody(CUSTODIES.find(tx, person_id=plan.person_id), tx.clock.today())
        return CopyKept.CELL if custody and custody.hosted else CopyKept.HOME

    def words_to_read(self, pacep_id: UUID, kept: CopyKept = CopyKept.CELL) -> tuple[Found, ...]:
        """The words of the copy that deserve another reading, field by field.

        Whatever the copy: an appraisal, a risk, another person. In the cell also an offence, a court, a measure.
        """
        self._context.actor.require(Right.READ_PACEP)
        with self._context.store.reading() as tx:
            plan = self._plan(tx, pacep_id)
            return _to_read(plan, kept, CONTACTS.find(tx, person_id=plan.person_id))

    def copy(self, pacep_id: UUID, kept: CopyKept, *, words_read: bool = False) -> Printable:
        """« Ce que nous avons retenu ensemble ». Once the plan was put to the person its bytes are kept.

        A copy for the cell that names an offence or a programme is refused (R. 311-3 of the code pénitentiaire);
        the other words of `words_to_read` are refused until the officer has read them again (`words_read`).
        """
        self._context.actor.require(Right.PRINT)
        plan, frame = self._plan_and_frame(pacep_id)
        name, title = f"pacep_copie_{kept}", f"Copie pour la personne, version {plan.number}"
        day = plan.submitted_on or self._context.clock.today()
        with self._context.store.reading() as tx:
            if issued := _issued(tx, pacep_id, name):
                return _printable(issued)
            copy = person_copy(plan, self._around(tx, plan, frame), day, kept)
            found = _to_read(plan, kept, CONTACTS.find(tx, person_id=plan.person_id))
        programmes = words_kept_out(copy, PROGRAMMES) if kept is CopyKept.CELL else ()
        refuse_if_any(_copy_problems(found, programmes, words_read=words_read))
        from spip_desktop.documents.pacep import render_person_copy  # reportlab: not before the first paper

        content = render_person_copy(copy, day=day, draft=not plan.is_frozen, demo=self._context.demonstration)
        if not plan.is_frozen:
            return Printable(title=title, content=content, kind=KIND, object_id=pacep_id)
        with self._context.store.transaction(self._context.actor, "issue_pacep_copy") as tx:
            tx.note(KIND, pacep_id)
            return _printable(self._keep(tx, plan, name, title, content))

    # -- inside ------------------------------------------------------------------------------------------------

    def _plan(self, tx: Transaction, pacep_id: UUID) -> Pacep:
        self._context.actor.require(Right.READ_PACEP)
        plan = PACEPS.get(tx, pacep_id)
        self._access.require(tx, plan.person_id)
        return plan

    def _plan_and_frame(self, pacep_id: UUID) -> tuple[Pacep, str]:
        """Read before the transaction opens: a reading inside it would wait for another connection."""
        with self._context.store.reading() as tx:
            plan = self._plan(tx, pacep_id)
        return plan, self.frame_of(plan.person_id)

    def _around(self, tx: Transaction, plan: Pacep, frame: str) -> Around:
        officer = officers.OFFICERS.get(tx, plan.submitted_by) if plan.submitted_by else self._context.actor.officer
        return Around(
            person=PERSONS.get(tx, plan.person_id), frame=frame, service=officers.service(tx), officer=officer
        )

    def _rendered(self, tx: Transaction, plan: Pacep, frame: str, *, to_sign: bool) -> bytes:
        from spip_desktop.documents.pacep import render_plan

        day = plan.submitted_on or tx.clock.today()
        content = plan_content(plan, paceps.sources(tx, plan.evaluation_id), self._around(tx, plan, frame), day)
        return render_plan(content, day=day, to_sign=to_sign, demo=self._context.demonstration)

    def _keep(self, tx: Transaction, plan: Pacep, kind: str, title: str, content: bytes) -> IssuedDocument:
        return papers.issue(
            tx,
            kind=kind,
            object_id=plan.id,
            person_id=plan.person_id,
            title=title,
            version=plan.number,
            content=content,
        )


def refuse_words(found: tuple[Found, ...], *, words_read: bool) -> None:
    """The same on the screen: an offence is never shown there (`pacep_shared_names`), the rest is read again first."""
    problems = _copy_problems(found, (), words_read=words_read)
    refuse_if_any(
        Problem("pacep_shared_names", one.field, one.data) if one.code == "pacep_names_the_reason" else one
        for one in problems
    )


def _issued(tx: Transaction, pacep_id: UUID, kind: str) -> IssuedDocument | None:
    return next((one for one in papers.of(tx, pacep_id) if one.kind == kind), None)


def _printable(issued: IssuedDocument) -> Printable:
    return Printable(
        title=issued.title, content=issued.content, kind=KIND, object_id=issued.object_id, issued_id=issued.id
    )


def _topics(name: str, *codes: str) -> list[Topic]:
    """Topics of a shipped dictionary; all of them when none is named."""
    return [
        Topic(code=one.code, label=one.label, because=one.text("because"), words=one.texts("words"))
        for one in load(name).entries
        if not codes or one.code in codes
    ]


def _to_read(plan: Pacep, kept: CopyKept, contacts: Sequence[Contact]) -> tuple[Found, ...]:
    """What the copy says of others or of risk; in the cell, of offences, courts and measures too."""
    topics = _topics("copy_words")
    names = tuple(word for one in contacts for word in fold(one.name).split() if len(word) >= _NAME_SIGNS)
    others = next(one for one in topics if one.code == _OTHERS)
    topics.append(replace(others, words=names))
    if kept is CopyKept.CELL:
        topics += _topics("vigilance", _OFFENCE, _MEASURE)
    return scan(copy_texts(plan), topics)


def _copy_problems(found: tuple[Found, ...], programmes: tuple[str, ...], *, words_read: bool) -> list[Problem]:
    """What must not stay in a cell, word by word with its field; what only deserves another reading comes after."""
    offence = {topic.label for topic in _topics("vigilance", _OFFENCE)}
    never = [one for one in found if one.topic in offence]
    problems = [Problem("pacep_names_the_reason", one.field, {"words": one.word}) for one in never]
    problems += [Problem("pacep_names_the_reason", "copy", {"words": one}) for one in programmes]
    if not problems and not words_read:
        for one in found:
            problems.append(Problem("pacep_copy_to_read", one.field, {"words": one.word, "because": one.because}))
    return problems
