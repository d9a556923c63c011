"""The sheets of the service: ours, and over them those it reworded or added, checked before they are used.

A file is taken into the encrypted store and nowhere else: nobody who can write in a folder changes what is printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db.service_definition import SERVICE_SHEETS, install, retire
from spip_desktop.db.store import Transaction
from spip_desktop.domain.definition import DefinitionError
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.service_definition import FIRST_VERSION, ServiceVersion, next_version
from spip_desktop.domain.service_definition import offered as newest
from spip_desktop.domain.text import fold
from spip_desktop.forms import fields as catalogue
from spip_desktop.forms import rules as rulesets
from spip_desktop.forms import sheet as sheets
from spip_desktop.forms.sheet import LetterheadForm, SheetForm
from spip_desktop.services.context import Context
from spip_desktop.services.prescription_definitions import forms_in_force
from spip_desktop.services.sheet_sample import sample


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One sheet in use; `own_id` when the service made it its own, `ours` when taking it back leaves ours."""

    code: str
    title: str
    partners: str
    version: int
    own_id: UUID | None
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPreview:
    """What a file would change, before anything is kept: who reads which fields, and the paper as it would print."""

    code: str
    version: int
    title: str
    partners: str
    by_law: tuple[str, ...]
    by_agreement: tuple[str, ...]
    letterheads: tuple[str, ...]
    replaces: str
    paper: bytes


class SheetLibrary:
    """Looking and changing both ask for the right to set the service."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def may_set(self) -> bool:
        return self._context.actor.may(Right.SET_SERVICE)

    def lines(self) -> list[SheetLine]:
        """Every sheet in use, by its title."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.reading() as tx:
            own = newest(SERVICE_SHEETS.find(tx))
            found = [_line(form, own.get(form.code)) for form in forms_in_force(tx).values()]
        return sorted(found, key=lambda one: (fold(one.title), one.code))

    def model(self, code: str) -> bytes:
        """The file of the sheet in use, numbered as the next version: what the service rewords."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.reading() as tx:
            form, version = forms_in_force(tx)[code], next_version(SERVICE_SHEETS.find(tx), code)
        lines = form.definition.content.decode("utf-8").splitlines(keepends=True)
        return "".join(f"version = {version}\n" if one.startswith("version = ") else one for one in lines).encode()

    def paper(self, code: str) -> bytes:
        """The sheet in use of this code, with invented content."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.reading() as tx:
            form = forms_in_force(tx)[code]
        return _drawn(form, form.letterheads[0], longest=False)

    def preview(self, content: bytes, name: str) -> SheetPreview:
        """What the file says, fully checked; Refusal `sheet_file_wrong` with its line and reason."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.reading() as tx:
            form = _checked(tx, content, name)
            before = forms_in_force(tx).get(form.code)
        return _preview(form, before)

    def install(self, content: bytes, name: str) -> UUID:
        """Make the file the sheet in use of its code; drafts follow it at once, ready sheets keep their own copy."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.transaction(self._context.actor, "install_sheet") as tx:
            form = _checked(tx, content, name)
            new = install(tx, SERVICE_SHEETS, "sheet", content, code=form.code, version=form.version, title=form.title)
            tx.note("service_sheet", new.id, form.title)
            return new.id

    def withdraw(self, own_id: UUID) -> None:
        """Offer this version no more: the one before it, or ours, is in use again. Its copy stays for ever."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.transaction(self._context.actor, "withdraw_sheet") as tx:
            before = retire(tx, SERVICE_SHEETS, own_id)
            tx.note("service_sheet", own_id, before.title)


def _line(form: SheetForm, own: ServiceVersion | None) -> SheetLine:
    mine = own if own and own.version == form.version else None
    return SheetLine(
        code=form.code,
        title=form.title,
        partners=_partners(form),
        version=form.version,
        own_id=mine.id if mine else None,
        ours=sheets.shipped_or_none(form.code) is not None,
    )


def _partners(form: SheetForm) -> str:
    kinds, natures = reference.load("partner_kinds"), reference.load("partner_natures")
    named = [kinds.label(one) for one in form.recipients] or [natures.label(one) for one in form.natures]
    return ", ".join(named)


def _checked(tx: Transaction, content: bytes, name: str) -> SheetForm:
    """The sheet, when nothing is wrong with it: words, classes, version, partners, rules, and its room on the page."""
    try:
        form = sheets.parse(content, name, catalogue.shipped())
    except DefinitionError as error:
        raise Refusal("sheet_file_wrong", "file", line=error.line, why=error.reason) from error
    least = next_version(SERVICE_SHEETS.find(tx), form.code)
    known = {entry.code for entry in reference.load("partner_kinds").entries}
    strangers = sorted(set(form.recipients) - known)
    if not least <= form.version < FIRST_VERSION**2:
        raise Refusal("sheet_version_wrong", "file", least=least)
    if strangers:
        raise Refusal("sheet_partner_unknown", "file", kind=strangers[0])
    if not form.recipients and not form.natures:
        raise Refusal("sheet_for_nobody", "file")
    if form.rules not in rulesets.codes():
        raise Refusal("sheet_rules_unknown", "file", rules=form.rules, known=", ".join(sorted(rulesets.codes())))
    for letterhead in form.letterheads:
        _drawn(form, letterhead, longest=True)
    return form


def _drawn(form: SheetForm, letterhead: LetterheadForm, *, longest: bool) -> bytes:
    from spip_desktop.documents.prescription import render  # reportlab: not before the first paper

    try:
        content = sample(form, letterhead, longest=longest)
        return render(content, issued=None, number="", code="", draft=True, demo=False)
    except ValueError as error:
        raise Refusal("sheet_too_long", "file") from error


def _preview(form: SheetForm, before: SheetForm | None) -> SheetPreview:
    by_law = [one.label for one in form.fields() if form.ground and one.field.code in form.ground.fields]
    others: Sequence[str] = [one.label for one in form.fields() if one.label not in by_law]
    return SheetPreview(
        code=form.code,
        version=form.version,
        title=form.title,
        partners=_partners(form),
        by_law=tuple(by_law),
        by_agreement=tuple(others),
        letterheads=tuple(one.label for one in form.letterheads),
        replaces=f"{before.title}, version {before.version}" if before else "",
        paper=_drawn(form, form.letterheads[0], longest=False),
    )
