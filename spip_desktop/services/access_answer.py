"""« Préparer la réponse à une demande d’accès »: everything held, masked word by word, for the authority that answers.

The CPIP prepares and hands nothing over; what is established is frozen, its bytes are kept, and nothing is sent.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db import paper as papers
from spip_desktop.db.access_answer import ANSWERS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.access_answer import AccessAnswer, problems
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.held import Authority, Category, Passage, Recipient
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import clean
from spip_desktop.domain.word_mask import chosen, hidden_at_first, kept, masked
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.dossier_paper import short_number
from spip_desktop.services.held_data import HeldData
from spip_desktop.services.printing import Printable
from spip_desktop.wording import held as words

KIND = "access_answer"
#: Numbers and addresses of mail that are the person's own.
_OWN = "person."


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """One answer with what it would show; `hidden` are the numbers of the words masked, by the key of their passage."""

    answer: AccessAnswer
    categories: Sequence[Category]
    recipients: Sequence[Recipient]
    hidden: Mapping[str, frozenset[int]]


class AccessAnswers:
    """Each method is one act of the officer."""

    def __init__(self, context: Context, access: AccessService, held: HeldData) -> None:
        self._context, self._access, self._held = context, access, held

    # -- reading ---------------------------------------------------------------------------------------------

    def of_person(self, person_id: UUID) -> list[AccessAnswer]:
        """The newest first."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return sorted(ANSWERS.find(tx, person_id=person_id), key=lambda one: one.id, reverse=True)

    def view(self, answer_id: UUID) -> AnswerView:
        """Everything held now, and what of it is masked."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return self._view(tx, self._get(tx, answer_id))

    def preview(self, answer_id: UUID) -> bytes:
        """The paper as it would be: PROJET, without signature."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return self._rendered(tx, self._view(tx, self._get(tx, answer_id)), draft=True)

    # -- writing ---------------------------------------------------------------------------------------------

    def start(self, person_id: UUID, authority: Authority, received_on: date) -> UUID:
        """Note a request of access and start its answer. Refusal `answer_received_in_future`."""
        self._context.actor.require(Right.TRANSFER)
        if received_on > self._context.clock.today():
            raise Refusal("answer_received_in_future", "received_on")
        with self._context.store.transaction(self._context.actor, "start_access_answer") as tx:
            self._access.require(tx, person_id)
            answer = AccessAnswer(id=tx.ids.new(), person_id=person_id, authority=authority, received_on=received_on)
            ANSWERS.save(tx, answer)
            tx.note(KIND, answer.id)
        return answer.id

    def write_head(self, answer_id: UUID, addressee: str, reference: str) -> None:
        """To whom it is addressed (a place and a function), and the reference of the request."""
        to, known_as = clean(addressee).strip(), clean(reference).strip()
        self._change(answer_id, lambda one: replace(one, addressee=to, reference=known_as))

    def hide(self, answer_id: UUID, key: str, hidden: Collection[int]) -> None:
        """Mask these words of a passage, and no others. Refusals: `answer_prepared`, `not_found` (no such one)."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            view = self._view(tx, self._get(tx, answer_id))
        passage = _passages(view.categories).get(key)
        if passage is None:
            raise Refusal("not_found", kind=KIND)
        choice = kept(passage.words, hidden)
        self._change(answer_id, lambda one: replace(one, masks={**one.masks, key: choice}))

    def bin(self, answer_id: UUID) -> None:
        self._mark(answer_id, "bin_access_answer", restore=False)

    def restore(self, answer_id: UUID) -> None:
        self._mark(answer_id, "restore_access_answer", restore=True)

    def establish(self, answer_id: UUID, *, read: bool) -> Printable:
        """Freeze the answer and keep its paper; `read`: the officer says that every text was read again.

        Refusals: `answer_prepared`, those of domain/access_answer.py.
        """
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, "establish_access_answer") as tx:
            answer = self._draft(tx, answer_id)
            refuse_if_any(problems(answer, tx.clock.today(), read=read))
            content = self._rendered(tx, self._view(tx, answer), draft=False)
            ANSWERS.save(tx, replace(answer, prepared_on=tx.clock.today(), prepared_by=tx.actor_id))
            papers.issue(
                tx,
                kind=KIND,
                object_id=answer.id,
                person_id=answer.person_id,
                title=words.ANSWER_TITLE,
                content=content,
            )
            tx.note(KIND, answer.id, recipient=answer.addressee)
        return self.paper(answer_id)

    def paper(self, answer_id: UUID) -> Printable:
        """The paper as it was established; printed again, the same bytes. Refusal `not_found` before."""
        self._context.actor.require(Right.PRINT)
        with self._context.store.reading() as tx:
            self._get(tx, answer_id)
            issued = papers.of(tx, answer_id)
        if not issued:
            raise Refusal("not_found", kind=KIND)
        last = issued[-1]
        return Printable(title=last.title, content=last.content, kind=KIND, object_id=answer_id, issued_id=last.id)

    # -- inside ----------------------------------------------------------------------------------------------

    def _get(self, tx: Transaction, answer_id: UUID) -> AccessAnswer:
        answer = ANSWERS.get(tx, answer_id)
        self._access.require(tx, answer.person_id)
        return answer

    def _draft(self, tx: Transaction, answer_id: UUID) -> AccessAnswer:
        answer = self._get(tx, answer_id)
        if answer.is_prepared:
            raise Refusal("answer_prepared")
        return answer

    def _change(self, answer_id: UUID, change: Callable[[AccessAnswer], AccessAnswer]) -> None:
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, AUTOSAVE) as tx:
            ANSWERS.save(tx, change(self._draft(tx, answer_id)))
            tx.note(KIND, answer_id)

    def _mark(self, answer_id: UUID, act: str, *, restore: bool) -> None:
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, act) as tx:
            self._draft(tx, answer_id)
            (ANSWERS.restore if restore else ANSWERS.bin)(tx, answer_id)
            tx.note(KIND, answer_id)

    def _view(self, tx: Transaction, answer: AccessAnswer) -> AnswerView:
        categories = self._held.categories(tx, answer.person_id, of=answer.authority)
        names = self._held.others(tx, answer.person_id)
        hidden = {key: _hidden(one, answer.masks.get(key, ""), names) for key, one in _passages(categories).items()}
        return AnswerView(
            answer=answer, categories=categories, hidden=hidden,
            recipients=self._held.recipients(tx, answer.person_id),
        )  # fmt: skip

    def _rendered(self, tx: Transaction, view: AnswerView, *, draft: bool) -> bytes:
        from spip_desktop.documents.access_answer import Answer, render  # reportlab: not before the first paper

        answer, today = view.answer, tx.clock.today()
        person, service = PERSONS.get(tx, answer.person_id), officers.service(tx)
        said = Answer(
            person=person.display_name, born=dates.short(person.birth_date), number=short_number(person.id),
            addressee=answer.addressee, ground=words.GROUNDS[answer.authority],
            service=f"{service.name}, {service.branch}", made_by=self._context.actor.officer.signature(today),
            received_on=answer.received_on, reference=answer.reference, draft=draft,
            categories=[_masked(one, view.hidden) for one in view.categories], recipients=view.recipients,
            masked=sum(bool(one) for one in view.hidden.values()),
        )  # fmt: skip
        return render(said, day=today, demo=self._context.demonstration)


def _passages(categories: Sequence[Category]) -> dict[str, Passage]:
    return {said.key: said for one in categories for record in one.records for said in record.passages}


def _hidden(passage: Passage, choice: str, names: frozenset[str]) -> frozenset[int]:
    """What the officer chose, as long as the text is the one they chose it on; else what is masked at first."""
    made = chosen(passage.words, choice) if choice else None
    if made is not None:
        return made
    own = passage.key.startswith(_OWN)
    return hidden_at_first(passage.words, names, whole=passage.third or passage.restricted, own=own)


def _masked(category: Category, hidden: Mapping[str, frozenset[int]]) -> Category:
    """The category as it leaves: what is masked is not in it."""

    def left(passage: Passage) -> Passage:
        return replace(passage, words=masked(passage.words, hidden[passage.key]))

    records = [replace(one, passages=[left(said) for said in one.passages]) for one in category.records]
    return replace(category, records=records)
