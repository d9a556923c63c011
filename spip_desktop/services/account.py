"""Officers, their service and their keys: details, passphrase, recovery paper, a new colleague.

The store's key is not kept after the unlocking: what needs it asks for the passphrase again, and derives it, for
0.2 to 1 s: `change_passphrase`, `draw_paper` and `add_officer` are called from the worker.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db import officer as officers
from spip_desktop.db.store import AUTOSAVE
from spip_desktop.domain.changes import Changed, change
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.officer import (
    OWN_DETAILS,
    SIGNING,
    Officer,
    Right,
    Role,
    Service,
    habilitation_problems,
    officer_problems,
    service_problems,
)
from spip_desktop.domain.sheet import NEUTRAL_WORDS
from spip_desktop.domain.text import clean, fold
from spip_desktop.security.vault import Credentials, Opened, Vault
from spip_desktop.services import recovery_paper
from spip_desktop.services.context import Context
from spip_desktop.services.lines import Saved, cleaned

if TYPE_CHECKING:
    from spip_desktop.security.keyfile import Slot
    from spip_desktop.security.sheet import RecoverySheet

Options = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class DrawnPaper:
    """A recovery key drawn and not in force: the former paper opens until `keep_paper`."""

    sheet: "RecoverySheet" = field(repr=False)
    slot: "Slot" = field(repr=False)
    opened: Opened = field(repr=False)


class AccountService:
    """Each method is one act of the officer; `vault` is the key file beside the store."""

    def __init__(self, context: Context, vault: Vault | None = None) -> None:
        self._context = context
        self._vault = vault or Vault(context.store.path.parent, context.clock)

    # -- reading ---------------------------------------------------------------------------------------------

    def me(self) -> Officer:
        with self._context.store.reading() as tx:
            return officers.OFFICERS.get(tx, self._context.officer_id)

    def service(self) -> Service:
        with self._context.store.reading() as tx:
            return officers.service(tx)

    def officers(self) -> list[Officer]:
        """Those of the store, in the order of their names."""
        with self._context.store.reading() as tx:
            found = officers.OFFICERS.find(tx)
        return sorted(found, key=lambda one: (fold(one.family_name), fold(one.first_name)))

    def may_set_service(self) -> bool:
        return self._context.actor.may(Right.SET_SERVICE)

    def may_manage_keys(self) -> bool:
        return self._context.actor.may(Right.MANAGE_KEYS)

    def functions(self) -> Options:
        """Codes and labels of the functions, a retired one included when it is the officer's."""
        kept = self._context.actor.officer.function
        return reference.load("officer_functions").options(self._context.clock.today(), kept)

    def function_label(self, code: str) -> str:
        return reference.load("officer_functions").label(code)

    def roles(self) -> Options:
        return reference.load("roles").options(self._context.clock.today())

    def role_label(self, role: Role) -> str:
        return reference.load("roles").label(role.value)

    # -- details ---------------------------------------------------------------------------------------------

    def save_me(self, changes: Mapping[str, object]) -> Saved:
        """Save what the officer changed of their own details; what cannot be accepted comes back with why.

        The fields of the signature go together: one that is not right leaves all four as they were.
        """
        if not changes.keys() <= OWN_DETAILS:
            raise Refusal("not_allowed")
        store = self._context.store
        with store.transaction(self._context.actor, AUTOSAVE) as tx:
            before = officers.OFFICERS.stored(tx, self._context.officer_id)
            kept, unreadable = cleaned(Officer, changes)
            found = _with_signing(before.value, kept)
            refused = (*unreadable, *found.refused)
            if found.value == before.value:
                return Saved(tx.now, before.lock, refused)
            officers.OFFICERS.save(tx, found.value)
            tx.note("officer", found.value.id)
            saved = Saved(tx.now, before.lock + 1, refused)
        self._act_as(found.value)
        return saved

    def save_service(self, changes: Mapping[str, object]) -> Saved:
        """Save what changed in the service's details, as letterheads print them."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.transaction(self._context.actor, AUTOSAVE) as tx:
            before = officers.SERVICES.stored(tx, officers.service(tx).id)
            kept, unreadable = cleaned(Service, {name: content for name, content in changes.items() if name != "id"})
            found = change(before.value, kept, lambda one: service_problems(one, NEUTRAL_WORDS))
            refused = (*unreadable, *found.refused)
            if found.value == before.value:
                return Saved(tx.now, before.lock, refused)
            officers.SERVICES.save(tx, found.value)
            tx.note("service", found.value.id)
            return Saved(tx.now, before.lock + 1, refused)

    # -- keys ------------------------------------------------------------------------------------------------

    def change_passphrase(self, current: str, new: str) -> None:
        """Replace one's own passphrase. Refusals: `current_passphrase_wrong`, `passphrase_same`, the vault's."""
        self._require_writing()
        if current and current == new:
            raise Refusal("passphrase_same", "passphrase")
        with self._reopened(current) as opened:
            self._vault.set_passphrase(opened, self._credentials(self.me(), new))
        self._note("change_passphrase", "officer")

    def draw_paper(self, current: str) -> DrawnPaper:
        """Draw a new recovery key, to be shown, printed and typed back; `keep_paper` puts it in force."""
        self._context.actor.require(Right.MANAGE_KEYS)
        self._require_writing()
        opened = self._open_again(current)
        slot, sheet = self._vault.draw_recovery(opened)
        return DrawnPaper(sheet, slot, opened)

    def paper(self, drawn: DrawnPaper) -> bytes:
        """The recovery sheet to print, from memory: it is never written to a file."""
        self._context.actor.require(Right.MANAGE_KEYS)
        return recovery_paper.render(self._context, drawn.sheet)

    def keep_paper(self, drawn: DrawnPaper) -> None:
        """The paper was copied: it opens the store from now on, and the former one no longer does."""
        self._context.actor.require(Right.MANAGE_KEYS)
        self._vault.install_recovery(drawn.opened, drawn.slot)
        drawn.opened.wipe()
        self._note("renew_recovery_paper", "store")

    def drop_paper(self, drawn: DrawnPaper) -> None:
        """The officer gave up: the former paper goes on opening the store."""
        drawn.opened.wipe()

    # -- a colleague -----------------------------------------------------------------------------------------

    def new_officer(self, values: Mapping[str, object]) -> Officer:
        """A colleague made of what was typed, nothing checked yet; unknown roles are left out."""
        self._context.actor.require(Right.MANAGE_KEYS)
        kept, _ = cleaned(Officer, {name: content for name, content in values.items() if name != "roles"})
        roles = tuple(Role(code) for code in _texts(values.get("roles")) if code in tuple(Role))
        empty = Officer(
            id=self._context.ids.new(), identifier="", family_name="", first_name="", function="", roles=roles
        )
        return replace(empty, **kept)  # type: ignore[arg-type]

    def check_officer(self, officer: Officer) -> None:
        """Refuse an officer who cannot join, before any key is derived."""
        self._context.actor.require(Right.MANAGE_KEYS)
        with self._context.store.reading() as tx:
            taken = any(fold(one.identifier) == fold(officer.identifier) for one in officers.OFFICERS.find(tx))
        problems = officer_problems(officer) + habilitation_problems(officer, self._context.clock.today())
        if taken:
            problems.append(Problem("identifier_taken", "identifier"))
        refuse_if_any(problems)

    def add_officer(self, officer: Officer, passphrase: str, current: str) -> Officer:
        """Let a colleague in, with the passphrase they chose; `current` is that of the officer at work.

        Refusals: what is to be put right, `current_passphrase_wrong`, the vault's. The key file is written
        first: if the program is killed in between, the next attempt takes the same place in it.
        """
        self._context.actor.require(Right.MANAGE_KEYS)
        self._require_writing()
        officer = replace(officer, identifier=clean(officer.identifier).strip(), active=True)
        self.check_officer(officer)
        with self._reopened(current) as opened:
            officer = replace(officer, id=self._unfinished(opened, officer) or officer.id)
            self._vault.set_passphrase(opened, self._credentials(officer, passphrase))
        with self._context.store.transaction(self._context.actor, "add_officer") as tx:
            officers.OFFICERS.save(tx, officer)
            tx.note("officer", officer.id)
        self._act_as(self.me())
        return officer

    # -- the steps -------------------------------------------------------------------------------------------

    @contextmanager
    def _reopened(self, current: str) -> Iterator[Opened]:
        opened = self._open_again(current)
        try:
            yield opened
        finally:
            opened.wipe()

    def _open_again(self, current: str) -> Opened:
        try:
            opened = self._vault.unlock(self._context.actor.officer.identifier, current)
        except Refusal as refusal:
            if refusal.code == "wrong_passphrase":
                raise Refusal("current_passphrase_wrong", "current_passphrase") from None
            raise
        opened.require_store(self._context.store.identity.store)
        return opened

    def _credentials(self, officer: Officer, passphrase: str) -> Credentials:
        service = self.service()
        return Credentials(
            officer_id=officer.id,
            identifier=officer.identifier,
            passphrase=passphrase,
            names=(officer.family_name, officer.first_name),
            context=(service.name, service.branch, service.city),
        )

    def _unfinished(self, opened: Opened, officer: Officer) -> UUID | None:
        """The officer of a slot of that identifier whom the store does not know: an addition cut short."""
        with self._context.store.reading() as tx:
            known = {one.id for one in officers.OFFICERS.find(tx)}
        return next(
            (
                slot.officer_id
                for slot in opened.keys.slots
                if fold(slot.identifier) == fold(officer.identifier) and slot.officer_id not in {None, *known}
            ),
            None,
        )

    def _act_as(self, officer: Officer) -> None:
        """What the officer prints and signs from now on bears the new details."""
        with self._context.store.reading() as tx:
            self._context.actor = officers.actor(tx, officer, read_only=self._context.actor.read_only)

    def _require_writing(self) -> None:
        if self._context.actor.read_only:
            raise Refusal("store_read_only")

    def _note(self, act: str, kind: str) -> None:
        with self._context.store.transaction(self._context.actor, act) as tx:
            tx.note(kind, self._context.officer_id if kind == "officer" else None)


def _texts(content: object) -> tuple[str, ...]:
    return tuple(str(one) for one in content) if isinstance(content, tuple) else ()


def _with_signing(officer: Officer, changes: Mapping[str, object]) -> Changed[Officer]:
    """The officer with these changes; the four fields of the signature are accepted together or not at all."""
    signing = {name: content for name, content in changes.items() if name in SIGNING}
    signed = replace(officer, **signing)  # type: ignore[arg-type]
    problems = tuple(one for one in officer_problems(signed) if one.field in SIGNING)
    others = {name: content for name, content in changes.items() if name not in SIGNING}
    found = change(officer if problems else signed, others, officer_problems)
    return Changed(found.value, (*problems, *found.refused))
