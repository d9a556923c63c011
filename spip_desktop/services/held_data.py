"""Everything held on one person, category by category (resources/reference/held_data.toml), and to whom it went.

Two papers read it: « Le dossier en un PDF » and the answer to a request of access. A confidence is counted, never read.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from spip_desktop.db import evaluation as evaluations
from spip_desktop.db import held, transfer
from spip_desktop.db.contribution import CONTRIBUTIONS
from spip_desktop.db.event import EVENTS
from spip_desktop.db.handover import HANDOVERS
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.person import ADDRESSES, CONTACTS, PERSONS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.records import EVERY
from spip_desktop.db.store import Transaction
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.held import Authority, Category, HeldRecord, Passage, Recipient, dated
from spip_desktop.domain.pacep_states import EventCode as PlanEvent
from spip_desktop.domain.prescription_states import SheetState
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.transfer import SentState
from spip_desktop.domain.word_mask import folded_names
from spip_desktop.forms.answers import answer_text, is_answered
from spip_desktop.reference import Entry, load
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.held_events import event_title
from spip_desktop.services.held_words import coded, fields_of
from spip_desktop.wording import held as words

LIST = "held_data"
#: Which of its dates tells when a record is from; the first that it has.
_DAYS = (
    *("happened_on", "held_on", "checked_on", "seen_on", "paid_on", "done_on", "day", "as_of", "received_on"),
    *("decided_on", "said_on", "started_on", "drafted_on", "proposed_on", "noted_on", "starts", "issued"),
)
_LEFT = frozenset({SentState.READY})


class HeldData:
    """Reads for who may already open the dossier: its callers ask for that."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def categories(
        self, tx: Transaction, person_id: UUID, *, of: Authority | None = None, sections: Collection[str] | None = None
    ) -> list[Category]:
        """Every category in the order of the list, those of one authority or of some sections where these are given;
        those without a row are left out."""
        found = []
        for entry in load(LIST).entries:
            asked = of is None or entry.text("authority") == of
            if asked and (sections is None or entry.text("section") in sections):
                category = self._category(tx, entry, person_id)
                found += [category] if category.count else []
        return found

    def _category(self, tx: Transaction, entry: Entry, person_id: UUID) -> Category:
        counted = entry.text("counted")
        records = [] if counted else dated(list(self._records(tx, entry, person_id)))
        retention = load("retention").get(entry.text("retention"))
        return Category(
            code=entry.code, label=entry.label, section=entry.text("section"), purpose=_article(entry.text("purpose")),
            legal=_article(entry.legal),
            retention=_article(f"{retention.label} ({retention.legal})") if retention else "",
            authority=Authority(entry.text("authority")), records=records, counted=counted,
            count=held.count(tx, entry.code, person_id) if counted else len(records),
        )  # fmt: skip

    def _records(self, tx: Transaction, entry: Entry, person_id: UUID) -> Iterator[HeldRecord]:
        if entry.code == "issued_document":
            for row in held.papers(tx, person_id):
                said = f"{row['title']}, version {row['version']}"
                told = [_passage(entry, row["id"], "title", "Document", said)]
                yield HeldRecord(id=row["id"], day=row["issued_on"], passages=told)
            return
        where: dict[str, Any] = {"id": person_id} if entry.code == PERSONS.name else {"person_id": person_id}
        for one in EVERY[entry.code].find(tx, **where):
            passages = [_passage(entry, one.id, *field) for field in self._fields(tx, entry.code, one)]
            if passages:
                yield HeldRecord(id=one.id, day=_day_of(one), passages=passages)

    def _fields(self, tx: Transaction, kind: str, one: Any) -> Iterator[tuple[str, str, str]]:
        """What a record says, first what it is called where it has no field for that."""
        if kind == EVENTS.name:
            yield "what", "Fait", event_title(one)
            yield "happened_on", "Date du fait", coded(kind, "happened_on", one.happened_on)
            yield from (field for field in fields_of(kind, one) if _is_told(field[0]))
            return
        if kind in (evaluations.FIELDS.name, evaluations.FINDINGS.name):
            yield from self._step(tx, kind, one)
        if kind == PRESCRIPTIONS.name and one.partner_id:
            yield "partner_id", "Partenaire", PARTNERS.get(tx, one.partner_id).name
        yield from fields_of(kind, one)

    def _step(self, tx: Transaction, kind: str, one: Any) -> Iterator[tuple[str, str, str]]:
        """The step of the form by its name, and its answers with the questions."""
        evaluation = evaluations.EVALUATIONS.get(tx, one.evaluation_id)
        step = next((step for step in self._ground.form(tx, evaluation).steps if step.code == one.step), None)
        yield "step", "Étape", f"{step.label if step else one.step}, version {evaluation.number}"
        if step is None or kind != evaluations.FIELDS.name:
            return
        for question in step.questions:
            answer = one.answers.get(question.code)
            if is_answered(answer):
                yield f"answers.{question.code}", question.label, answer_text(question, answer)

    # -- to whom, and who else is named ------------------------------------------------------------------------

    def recipients(self, tx: Transaction, person_id: UUID) -> list[Recipient]:
        """Partners, judges, services and stations to whom something about the person went, the oldest first."""
        sheets = {one.id: one for one in PRESCRIPTIONS.find(tx, person_id=person_id)}
        found = []
        for event in EVENTS.find(tx, person_id=person_id):
            if event.code == SheetState.HANDED_OVER and event.object_id in sheets:
                partner = sheets[event.object_id].partner_id
                to = PARTNERS.get(tx, partner).name if partner else "Partenaire"
                what = f"Fiche de prescription {sheets[event.object_id].sheet_number}"
                found.append(Recipient(day=event.happened_on, to=to, what=what))
            elif event.kind == "pacep" and event.code == PlanEvent.SENT:
                found.append(Recipient(day=event.happened_on, to=event.detail.get("to", ""), what="PACEP"))
            elif event.kind == "breach" and event.detail.get("recipient"):
                to = load("breach_recipients").label(event.detail["recipient"])
                found.append(Recipient(day=event.happened_on, to=to, what="Rapport de manquement"))
        for handover in HANDOVERS.find(tx, person_id=person_id):
            found.append(Recipient(day=handover.proposed_on, to=handover.to_service, what="Dessaisissement"))
        return sorted([*found, *_stations(tx, person_id)], key=lambda one: (one.day, one.to))

    def others(self, tx: Transaction, person_id: UUID) -> frozenset[str]:
        """The words of the names of others that the dossier and the service hold: hidden in every text at first."""
        person = PERSONS.get(tx, person_id)
        said = [one.name for one in CONTACTS.find(tx, person_id=person_id)]
        said += [one.host_name for one in ADDRESSES.find(tx, person_id=person_id)]
        said += [one.author for one in CONTRIBUTIONS.find(tx, person_id=person_id)]
        said += [part for one in OFFICERS.find(tx) for part in (one.family_name, one.first_name)]
        said.append(person.protector_name)
        own = (person.birth_name, person.usual_name, person.first_names, *person.aliases)
        return folded_names([one for one in said if one], own)


def _stations(tx: Transaction, person_id: UUID) -> Iterator[Recipient]:
    for one in held.packages(tx, person_id):
        if one.made_at and one.state not in _LEFT:
            names = [transfer.CONTACTS.get(tx, contact).name for contact in one.contacts]
            to = ", ".join(names) or one.handed_to or "Poste destinataire"
            yield Recipient(day=one.made_at.astimezone(PARIS).date(), to=to, what="Paquet de transfert")


def _passage(entry: Entry, id_: UUID, name: str, label: str, said: str) -> Passage:
    last = name.rpartition(".")[2]
    return Passage(
        key=f"{entry.code}.{id_}.{name}", label=label, words=said,
        third=last in entry.texts("third"), restricted=last in entry.texts("restricted"),
    )  # fmt: skip


def _is_told(name: str) -> bool:
    """Of a dated fact, what was typed and chosen; not the numbers of other records."""
    of, _, detail = name.partition(".")
    return name == "comment" or (of == "detail" and detail not in words.LINKS)


def _article(text: str) -> str:
    """An article of law is not cut at the end of a line."""
    return re.sub(r"(art\.|[RDL]\.) (?=[RDL]\.|\d)", rf"\1{NBSP}", text)


def _day_of(one: Any) -> date | None:
    return next((day for name in _DAYS if isinstance(day := getattr(one, name, None), date)), None)
