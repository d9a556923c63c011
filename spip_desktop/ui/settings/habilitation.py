"""The habilitation of one officer, below their line: the former ones, and the form that gives another."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.habilitation import Habilitation
from spip_desktop.domain.officer import Officer, Role
from spip_desktop.domain.text import NBSP
from spip_desktop.services.habilitation import Noted, read
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.keeping import keep_as_typed
from spip_desktop.ui.labels import Paragraph, SmallText, StateLabel
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.unfolding import buttons
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

_PREFIX = "habilitation."
_DRAFTS = "officer.habilitation"
_WHAT = (
    "Les nouveaux rôles valent tout de suite. L’ancienne habilitation reste lisible ici, et le changement est inscrit "
    "au journal."
)


class HabilitationPart(QWidget):
    """`changed` once another habilitation is in force."""

    changed = Signal(object)  # Officer

    def __init__(self, services: Services, guard: Guard, parse_date: Parse, officer: Officer) -> None:
        super().__init__()
        self._services, self._guard, self._parse, self._officer = services, guard, parse_date, officer
        self.form: FormView | None = None
        self._typed: Autosave | None = None
        self._lines = column(self, gap=8)
        self._links = QWidget()
        self._past = QWidget()
        self._past.hide()
        self._body: QWidget | None = None
        self._failure = StateLabel("alert-circle", "", "alerte", wrap=True)
        self._failure.hide()
        for part in (self._links, self._past, self._failure):
            self._lines.addWidget(part)
        self._add_links()

    @property
    def officer_id(self) -> UUID:
        return self._officer.id

    # -- what is seen ----------------------------------------------------------------------------------------

    def _add_links(self) -> None:
        line, name = row(self._links, gap=16), self._officer.identifier
        offered: list[tuple[str, str, Callable[[], None]]] = []
        if self._services.habilitations.may_change() and self._officer.active:
            offered.append(("habilitation", "Changer l’habilitation", self.unfold))
        if former := self._services.habilitations.past(self.officer_id)[1:]:
            offered.append(("former", "Habilitations précédentes", lambda: self._show_past(former)))
        for kind, words, act in offered:
            link = LinkButton(words, name=f"{kind}.{name}", small=True)
            link.setAccessibleName(f"{words}{NBSP}: {self._officer.first_name} {self._officer.family_name}")
            link.clicked.connect(lambda _=False, do=act: do())
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        line.addStretch(1)
        self._links.setVisible(bool(offered))

    def _show_past(self, former: list[Noted]) -> None:
        """Unfold the former ones, or fold them again."""
        if self._past.layout() is None:
            lines = column(self._past, gap=0)
            for one in former:
                lines.addWidget(SmallText(self._told(one)))
        self._past.setVisible(self._past.isHidden())

    def _told(self, one: Noted) -> str:
        entered = f"Entrée le {dates.short(one.at.astimezone(PARIS).date())}"
        by = f" par {one.by}" if one.by else ""
        return f"{entered}{by}{NBSP}: {told(self._services, one.habilitation)}"

    # -- another one -----------------------------------------------------------------------------------------

    def unfold(self) -> None:
        """Show the form as the officer stands; who signed and when are to be written anew."""
        if self._body is None:
            self._make_form()
        assert self.form is not None
        self.form.set_values(
            {
                _PREFIX + "roles": tuple(one.value for one in self._officer.roles),
                _PREFIX + "names": tuple(one.value for one in self._officer.habilitation_names),
            }
        )
        self._open()
        self.form.field(_PREFIX + "roles").setFocus()

    def _open(self) -> None:
        assert self._body is not None
        self._show_names()
        self._links.hide()
        self._body.show()

    def _make_form(self) -> None:
        habilitations, account = self._services.habilitations, self._services.account
        specs = _specs(account.roles(), account.nameable(), with_reason=habilitations.must_say_why())
        self.form = FormView(specs, parse_date=self._parse)
        self._typed = keep_as_typed(self.form, self._services.desk, self._drafts)
        self.form.edited.connect(lambda _: self._show_names())
        self._body = QWidget()
        inside = column(self._body, gap=16, margins=(0, 8, 0, 8))
        save = Button("Enregistrer l’habilitation", name=f"habilitation.save.{self._officer.identifier}")
        cancel = Button("Annuler", name=f"habilitation.cancel.{self._officer.identifier}")
        save.clicked.connect(self._save)
        cancel.clicked.connect(self._give_up)
        for part in (Paragraph(_WHAT, colour="texte_2"), self.form, buttons(save, cancel)):
            inside.addWidget(part)
        self._lines.insertWidget(2, self._body)
        before: QWidget = self._links.findChildren(LinkButton)[0]
        for stop in (*self.form.fields.values(), save, cancel):
            QWidget.setTabOrder(before, stop)
            before = stop

    def _show_names(self) -> None:
        """What is named is asked for an intervenant only."""
        assert self.form is not None
        named = Role.INTERVENANT.value in _codes(self.form.value(_PREFIX + "roles"))
        self.form.show_only(code for code in self.form.fields if named or code != _PREFIX + "names")

    def _save(self) -> None:
        assert self.form is not None
        values = {code.removeprefix(_PREFIX): value for code, value in self.form.values().items()}
        unread = self.form.unread()
        refusals: list[Refusal] = []
        if not unread:
            given, reason = read(values), str(values.get("reason") or "")
            change = self._services.habilitations.change
            after = self._guard.run(lambda: change(self.officer_id, given, reason), refused=refusals.append)
            if after is not None:
                self._forget()
                self.changed.emit(after)
                return
        problems = [one for refusal in refusals for one in refusal.problems]
        self._say(unread | {_field(one.field): sentence(one) for one in problems})

    def _say(self, said: dict[str, str]) -> None:
        assert self.form is not None
        for code, field in self.form.fields.items():
            field.set_problem(said.get(code))
        others = " ".join(words for code, words in said.items() if code not in self.form.fields)
        self._failure.set_state("alert-circle", others, "alerte")
        self._failure.setVisible(bool(others))
        first = next((field for code, field in self.form.fields.items() if code in said), None)
        if first is not None:
            first.setFocus()

    def _give_up(self) -> None:
        self._forget()
        self._links.show()
        for link in self._links.findChildren(LinkButton)[:1]:
            link.setFocus()

    def _forget(self) -> None:
        self._services.desk.drop(_DRAFTS, self.officer_id)
        if self.form is None or self._body is None:
            return
        for field in self.form.fields.values():
            field.set_raw_text("")
            field.set_problem(None)
        self._failure.hide()
        self._body.hide()

    # -- what is half typed ----------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep what is typed while the form is unfolded."""
        if self._typed:
            self._typed.flush()

    def _drafts(self) -> list[Draft]:
        if self.form is None or self._body is None or self._body.isHidden():
            return []
        texts = {code: field.raw_text() for code, field in self.form.fields.items()}
        return [Draft(_DRAFTS, self.officer_id, code, text) for code, text in texts.items()]

    def take_back(self) -> None:
        """Show again what was being typed when the page was left."""
        if not self._services.habilitations.may_change():
            return
        drafts = {draft.field: draft.text for draft in self._services.desk.of(_DRAFTS, self.officer_id)}
        if drafts:
            self._make_form()
            assert self.form is not None
            self.form.set_drafts(drafts)
            self._open()


def told(services: Services, given: Habilitation) -> str:
    """« rôles CPIP, Administration technique, habilitation du 20/11/2026, signée par Mme Roche. »"""
    if not given.roles:
        return "aucun rôle."
    roles = ", ".join(services.account.role_label(role) for role in given.roles)
    said = f"{'rôles' if len(given.roles) > 1 else 'rôle'} {roles}"
    labels = dict(services.account.nameable())
    if given.names:
        said = f"{said} ({', '.join(labels[one] for one in given.names)})"
    if given.on is None:
        return f"{said}, premier agent du magasin."
    return f"{said}, habilitation du {dates.short(given.on)}, signée par {given.by}."


def _codes(content: object) -> tuple[str, ...]:
    return tuple(str(one) for one in content) if isinstance(content, tuple) else ()


def _field(name: str) -> str:
    """The field of the form where a problem of the officer is said."""
    return _PREFIX + name.removeprefix("habilitation_")


def _specs(
    roles: tuple[tuple[str, str], ...], names: tuple[tuple[str, str], ...], *, with_reason: bool
) -> tuple[FieldSpec, ...]:
    asked = (
        FieldSpec(_PREFIX + "roles", "Rôles", FieldKind.TICKS, roles, required=True),
        FieldSpec(_PREFIX + "names", "Ce que nomme l’habilitation, dans les dossiers confiés", FieldKind.TICKS, names),
        FieldSpec(_PREFIX + "by", "Habilitation signée par", width="half", required=True, max_length=80),
        FieldSpec(_PREFIX + "on", "Habilitation du", FieldKind.DATE, width="half", required=True),
    )
    why = FieldSpec(_PREFIX + "reason", "Motif, faute de DPIP dans ce magasin", required=True, max_length=200)
    return (*asked, why) if with_reason else asked
