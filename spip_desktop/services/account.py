"""Officers and their service: details, and what is asked of a colleague who joins (services/keys.py lets them in)."""

from collections.abc import Mapping
from dataclasses import replace

from spip_desktop import reference
from spip_desktop.db import officer as officers
from spip_desktop.db.store import AUTOSAVE
from spip_desktop.domain.changes import Changed, change
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.officer import (
    NAMEABLE,
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
from spip_desktop.domain.text import fold
from spip_desktop.services.context import Context
from spip_desktop.services.lines import Saved, cleaned

Options = tuple[tuple[str, str], ...]
#: Ticked among codes, not typed.
_CODES = frozenset({"roles", "habilitation_names"})


class AccountService:
    """Each method is one act of the officer."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # -- reading ---------------------------------------------------------------------------------------------

    def me(self) -> Officer:
        with self._context.store.reading() as tx:
            return officers.OFFICERS.get(tx, self._context.officer_id)

    def service(self) -> Service:
        with self._context.store.reading() as tx:
            return officers.service(tx)

    def officers(self) -> list[Officer]:
        """Those who have or had a key here, in the order of their names: not who came along with a package."""
        with self._context.store.reading() as tx:
            found = officers.OFFICERS.find(tx, officers.OFFICERS.table.c.identifier != "")
        return sorted(found, key=lambda one: (fold(one.family_name), fold(one.first_name)))

    def may_set_service(self) -> bool:
        return self._context.actor.may(Right.SET_SERVICE)

    def may_manage_keys(self) -> bool:
        return self._context.actor.may(Right.MANAGE_KEYS)

    def may_give_roles(self) -> bool:
        """Whether the officer at work says what a colleague who joins may do: not beside a DPIP they are not."""
        return self._context.actor.could(Right.HABILITATE)

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

    def nameable(self) -> Options:
        """Codes and labels of what the habilitation of an intervenant may name."""
        labels = reference.load("habilitation_names")
        return tuple((right.value, labels.label(right.value)) for right in NAMEABLE)

    def named(self, officer: Officer) -> str:
        """What the habilitation of an officer names, in words."""
        named = (label for code, label in self.nameable() if code in officer.habilitation_names)
        return ", ".join(label[:1].lower() + label[1:] for label in named)

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
        act_as(self._context, found.value)
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

    # -- a colleague -----------------------------------------------------------------------------------------

    def new_officer(self, values: Mapping[str, object]) -> Officer:
        """A colleague made of what was typed, nothing checked yet; unknown roles are left out."""
        self._context.actor.require(Right.MANAGE_KEYS)
        kept, _ = cleaned(Officer, {name: content for name, content in values.items() if name not in _CODES})
        roles = tuple(Role(code) for code in _texts(values.get("roles")) if code in tuple(Role))
        names = tuple(Right(code) for code in _texts(values.get("habilitation_names")) if code in NAMEABLE)
        kept["habilitation_names"] = names if Role.INTERVENANT in roles else ()
        empty = Officer(
            id=self._context.ids.new(), identifier="", family_name="", first_name="", function="", roles=roles
        )
        return replace(empty, **kept)  # type: ignore[arg-type]

    def check_officer(self, officer: Officer) -> None:
        """Refuse an officer who cannot join, before any key is derived.

        Who lets a colleague in gives roles only where they may change them: beside a DPIP, the technical
        administration makes a way in that opens nothing until the DPIP says what it is for (decision 20).
        """
        self._context.actor.require(Right.MANAGE_KEYS)
        with self._context.store.reading() as tx:
            taken = any(fold(one.identifier) == fold(officer.identifier) for one in officers.OFFICERS.find(tx))
        problems = officer_problems(officer)
        if self.may_give_roles():
            problems += habilitation_problems(officer, self._context.clock.today())
        elif officer.roles:
            problems.append(Problem("roles_from_dpip", "roles"))
        if taken:
            problems.append(Problem("identifier_taken", "identifier"))
        refuse_if_any(problems)


def act_as(context: Context, officer: Officer) -> None:
    """What the officer prints and signs from now on bears the new details."""
    with context.store.reading() as tx:
        context.actor = officers.actor(tx, officer, read_only=context.actor.read_only)


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
