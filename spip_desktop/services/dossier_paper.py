"""« Le dossier en un PDF »: the parts that an officer chose, for a reason kept in the journal, after their passphrase.

A confidence is never in it (services/held_data.py). « Sans données sensibles » leaves out what packages leave out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db.person import PERSONS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.held import Category
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import clean
from spip_desktop.domain.transfer import Content
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.held_data import HeldData
from spip_desktop.services.leaving import write_out
from spip_desktop.services.printing import Printable
from spip_desktop.services.transfer_out import mask
from spip_desktop.wording import held as words

KIND = "dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Of whom, which sections (wording/held.py `SECTIONS`), how much, why."""

    person_id: UUID
    sections: Sequence[str]
    content: Content = Content.WITHOUT_SENSITIVE
    purpose: str = ""


class DossierPaper:
    """Each paper asks for the passphrase again, and has its line in the journal before it is made."""

    def __init__(
        self, context: Context, access: AccessService, held: HeldData, reauthenticate: Callable[[str], None]
    ) -> None:
        self._context, self._access, self._held = context, access, held
        self._reauthenticate = reauthenticate

    def sections(self, person_id: UUID) -> dict[str, int]:
        """The sections that have something to show, and how many records each."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            found = self._held.categories(tx, person_id, sections=words.SECTIONS)
        counts = {code: sum(one.count for one in found if one.section == code) for code in words.SECTIONS}
        return {code: count for code, count in counts.items() if count}

    def to_print(self, chosen: Chosen, passphrase: str) -> Printable:
        """The paper, ready for a printer. Refusals: `purpose_needed`, `section_needed`, `current_passphrase_wrong`."""
        content = self._made(chosen, passphrase, "print_dossier")
        return Printable(title=words.DOSSIER_TITLE, content=content, kind=KIND, object_id=chosen.person_id)

    def write(self, chosen: Chosen, path: Path, passphrase: str) -> Path:
        """The same as a file where the officer chose. Refusals: those above, those of `write_out`."""
        return write_out(path, self._made(chosen, passphrase, "write_dossier"), ".pdf")

    def _made(self, chosen: Chosen, passphrase: str, act: str) -> bytes:
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            self._access.require(tx, chosen.person_id)
        purpose = clean(chosen.purpose).strip()
        if not purpose:
            raise Refusal("purpose_needed", "purpose")
        if not chosen.sections:
            raise Refusal("section_needed", "sections")
        self._reauthenticate(passphrase)
        with self._context.store.transaction(self._context.actor, act) as tx:
            tx.note("person", chosen.person_id, purpose, words.CONTENTS[chosen.content])
        return self._rendered(replace(chosen, purpose=purpose))

    def _rendered(self, chosen: Chosen) -> bytes:
        from spip_desktop.documents.dossier import Dossier, render  # reportlab: not before the first paper

        with self._context.store.reading() as tx:
            person, service = PERSONS.get(tx, chosen.person_id), officers.service(tx)
            found = self._held.categories(tx, chosen.person_id, sections=chosen.sections)
        if chosen.content is Content.WITHOUT_SENSITIVE:
            found = without_sensitive(found)
        today = self._context.clock.today()
        sections = {code: [one for one in found if one.section == code] for code in words.SECTIONS}
        dossier = Dossier(
            person=person.display_name, number=short_number(chosen.person_id),
            service=f"{service.name}, {service.branch}", made_by=self._context.actor.officer.signature(today),
            purpose=chosen.purpose, content=words.CONTENTS[chosen.content],
            sections={code: several for code, several in sections.items() if several},
        )  # fmt: skip
        return render(dossier, day=today, demo=self._context.demonstration)


def short_number(person_id: UUID) -> str:
    """The end of the dossier's number, as packages name it too."""
    return person_id.hex[-8:].upper()


def without_sensitive(categories: Sequence[Category]) -> list[Category]:
    """What a package « sans données sensibles » keeps of them (resources/reference/sensitive_data.toml)."""
    kept = mask().kept
    return [
        replace(
            one,
            records=[
                replace(record, passages=[said for said in record.passages if _field(said.key) not in kept[one.code]])
                for record in one.records
            ],
        )
        for one in categories
        if one.code in kept
    ]


def _field(key: str) -> str:
    return key.split(".", 2)[2].partition(".")[0]
