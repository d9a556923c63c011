"""The forms of the service: the evaluation as we ship it, and the versions that the service made its own.

A file is taken into the encrypted store and nowhere else. Evaluations cite the version they were started with and are
read through the store's copy of it: a new version changes nothing of what was written.
"""

from dataclasses import dataclass
from itertools import product
from uuid import UUID

from spip_desktop.db import definition
from spip_desktop.db.service_definition import SERVICE_FORMS, install, retire
from spip_desktop.db.store import Transaction
from spip_desktop.domain.definition import DefinitionError
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.form_changes import Around, StepChange
from spip_desktop.domain.officer import Right
from spip_desktop.domain.service_definition import FIRST_VERSION, ServiceVersion, next_version, offered
from spip_desktop.forms.form_changes import around, changes_between
from spip_desktop.forms.loader import of_the_store, parse, shipped
from spip_desktop.forms.schema import NO, YES, Form
from spip_desktop.forms.session import FormSession
from spip_desktop.forms.succession import (
    PRESUMED,
    asked_of_the_presumed,
    shown_to_the_person,
    succession_problems,
)
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_forms import FORM, FRAME, form_in_force
from spip_desktop.services.interview_guide import guide_of

#: What stands where the code of an evaluation would.
_NO_CODE = "222222"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """One version: ours, or one of the service. `own_id` when the service may stop offering it.

    `aside`: it would be in use, were it not for what the program asks of a form today.
    """

    code: str
    version: int
    title: str
    installed: ServiceVersion | None
    in_use: bool
    aside: bool = False

    @property
    def own_id(self) -> UUID | None:
        return self.installed.id if self.installed and self.installed.retired_on is None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPreview:
    """What a file would change, before anything is kept, beside the version in use.

    `of_the_presumed`: what is new and would be asked of a person presumed innocent. `to_the_person`: what is new and
    would stand before the person alone. `paper`: the trame d'entretien.
    """

    code: str
    version: int
    title: str
    replaces: int
    changes: tuple[StepChange, ...]
    around: tuple[tuple[Around, str], ...]
    of_the_presumed: tuple[str, ...]
    to_the_person: tuple[str, ...]
    paper: bytes


class FormLibrary:
    """Looking and changing both ask for the right to set the service."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def may_set(self) -> bool:
        return self._context.actor.may(Right.SET_SERVICE)

    def lines(self) -> list[FormLine]:
        """Every version, the newest first; ours last."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.reading() as tx:
            used = form_in_force(tx).version
            own = [one for one in SERVICE_FORMS.find(tx) if one.code == FORM]
        newest = offered(own).get(FORM)
        ours = shipped(FORM)
        lines = [
            FormLine(
                code=FORM,
                version=one.version,
                title=one.title,
                installed=one,
                in_use=one.version == used,
                aside=one == newest and one.version != used,
            )
            for one in sorted(own, key=lambda one: -one.version)
        ]
        last = FormLine(code=FORM, version=ours.version, title=ours.title, installed=None, in_use=ours.version == used)
        return [*lines, last]

    def model(self, version: int) -> bytes:
        """The file of a version, numbered as the next one: what the service rewords."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.reading() as tx:
            content, new = _form(tx, version).definition.content, next_version(SERVICE_FORMS.find(tx), FORM)
        lines = content.decode("utf-8").splitlines(keepends=True)
        return "".join(f"version = {new}\n" if one.startswith("version = ") else one for one in lines).encode()

    def paper(self, version: int) -> bytes:
        """The trame d'entretien of a version."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.reading() as tx:
            form = _form(tx, version)
        return _guide(form)

    def preview(self, content: bytes, name: str) -> FormPreview:
        """What the file says, fully checked; Refusal `form_file_wrong` with its line and reason."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.reading() as tx:
            form, before = _checked(tx, content, name), form_in_force(tx)
        return FormPreview(
            code=form.code,
            version=form.version,
            title=form.title,
            replaces=before.version,
            changes=changes_between(before, form),
            around=around(before, form),
            of_the_presumed=asked_of_the_presumed(before, form),
            to_the_person=shown_to_the_person(before, form),
            paper=_guide(form),
        )

    def install(self, content: bytes, name: str) -> UUID:
        """Make the file the form of every evaluation started from now on; those begun keep their own copy."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.transaction(self._context.actor, "install_form") as tx:
            form = _checked(tx, content, name)
            new = install(tx, SERVICE_FORMS, "form", content, code=form.code, version=form.version, title=form.title)
            tx.note("service_form", new.id, form.title)
            return new.id

    def withdraw(self, own_id: UUID) -> None:
        """Offer this version no more: the one before it, or ours, is in use again. Its copy stays for ever."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.transaction(self._context.actor, "withdraw_form") as tx:
            before = retire(tx, SERVICE_FORMS, own_id)
            tx.note("service_form", own_id, before.title)


def _form(tx: Transaction, version: int) -> Form:
    ours = shipped(FORM)
    return ours if version == ours.version else of_the_store(definition.content(tx, "form", FORM, version), FORM)


def _checked(tx: Transaction, content: bytes, name: str) -> Form:
    """The form, when nothing is wrong with it: words, conditions, version, what it must keep, its room on paper."""
    try:
        form = parse(content, name)
    except DefinitionError as error:
        raise Refusal("form_file_wrong", "file", line=error.line, why=error.reason) from error
    if form.code != FORM:
        raise Refusal("form_unknown", "file", name=form.code)
    least = next_version(SERVICE_FORMS.find(tx), FORM)
    if not least <= form.version < FIRST_VERSION**2:
        raise Refusal("form_version_wrong", "file", least=least)
    if problems := succession_problems(shipped(FORM), form, FRAME):
        raise Refusal.of(problems)
    _guide(form)
    return form


def _guide(form: Form) -> bytes:
    """The paper of an interview in detention with a person convicted; Refusal when anybody's takes a third side."""
    from spip_desktop.documents.interview_guide import SIDES, render  # reportlab: not before the first paper

    found = b""
    for milieu, presumed in product(("MO", "MF"), (YES, NO)):
        session = FormSession(form=form, facts={"milieu": milieu, PRESUMED: presumed})
        try:
            found, sides = render(guide_of(session, _NO_CODE, form.version))
        except ValueError:  # one step alone is taller than a side
            sides = SIDES + 1
        if sides > SIDES:
            raise Refusal("form_guide_too_long", "file")
    return found
