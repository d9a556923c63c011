"""The officers of the store, and the arrival of a new one, who types their own passphrase here."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.officer import Officer, Role
from spip_desktop.domain.text import NBSP, capitals, french_spaces
from spip_desktop.services.account import AccountService
from spip_desktop.services.desk import DeskService
from spip_desktop.services.keys import Access, DrawnPaper, KeyService
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.fields import Field, FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.keeping import keep_as_typed
from spip_desktop.ui.labels import Paragraph, Rule, SmallText
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.officer_fields import officer_specs
from spip_desktop.ui.paper_key import PaperKeyCard
from spip_desktop.ui.settings.habilitation import HabilitationPart
from spip_desktop.ui.settings.keys import Print
from spip_desktop.ui.settings.officer_line import OfficerLine
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.unfolding import UnfoldingSection, buttons, clear_secrets, secret
from spip_desktop.wording import sentence

_PREFIX = "new."
_ASKED = ("identifier", "function", "family_name", "first_name", "title", "milieu", "quotity", "phone", "email")
_USUAL = {"milieu": "mixte", "quotity": 100}
_DRAFTS = "officer.new"
_ROLES_LATER = (
    "Un DPIP dira ensuite, ci-dessus, ce que cet agent peut faire. D’ici là, il ouvre le magasin et n’y lit aucun "
    "dossier."
)
_NO_ROLE = "Aucun rôle : un DPIP les donne par « Changer l’habilitation »."


def new_officer_specs(
    functions: tuple[tuple[str, str], ...],
    roles: tuple[tuple[str, str], ...],
    names: tuple[tuple[str, str], ...],
    *,
    with_roles: bool = True,
) -> tuple[FieldSpec, ...]:
    """The fields of a colleague's arrival: who they are, and, by who may say it, what they may do and since when."""
    own = tuple(replace(spec, code=_PREFIX + spec.code) for spec in officer_specs(functions) if spec.code in _ASKED)
    if not with_roles:
        return own
    return (
        *own,
        FieldSpec(_PREFIX + "roles", "Rôles", FieldKind.TICKS, roles, required=True),
        FieldSpec(
            _PREFIX + "habilitation_names",
            "Ce que nomme l’habilitation, dans les dossiers confiés",
            FieldKind.TICKS,
            names,
        ),
        FieldSpec(_PREFIX + "habilitation_by", "Habilitation signée par", width="half", required=True, max_length=80),
        FieldSpec(_PREFIX + "habilitation_on", "Habilitation du", FieldKind.DATE, width="half", required=True),
    )


class OfficersSection(UnfoldingSection):
    """One line an officer, with their habilitation; below, the form of an arrival."""

    habilitation_changed = Signal(object)  # Officer, who may have just joined

    def __init__(
        self,
        account: AccountService,
        keys: KeyService,
        desk: DeskService,
        tasks: Tasks,
        parse_date: Parse,
        print_bytes: Print,
        make_habilitation: Callable[[Officer], HabilitationPart],
    ) -> None:
        super().__init__(
            "Agents",
            "Chaque agent ouvre le magasin par son identifiant et sa phrase de passe.",
            "Ajouter un agent",
            name="settings.officers",
        )
        self._account, self._keys, self._desk, self._tasks = account, keys, desk, tasks
        self._print, self._make_habilitation = print_bytes, make_habilitation
        self.habilitations: list[HabilitationPart] = []
        self.card: PaperKeyCard | None = None
        self._list = QWidget()
        self._lines = column(self._list, gap=8, margins=(0, 8, 0, 8))
        self.lines.insertWidget(2, self._list)
        with_roles = account.may_give_roles()
        self.form = FormView(
            new_officer_specs(account.functions(), account.roles(), account.nameable(), with_roles=with_roles),
            parse_date=parse_date,
        )
        self.form.edited.connect(lambda _: self._show_names())
        self._typed = keep_as_typed(self.form, desk, self._drafts)
        self.first = secret("new.passphrase", "Phrase de passe, tapée par le nouvel agent")
        self.second = secret("new.again", "La même, une seconde fois")
        self.current = secret("new.current", "Votre phrase de passe, pour confirmer")
        self.add_button = Button("Ajouter cet agent", name="new.add")
        cancel = Button("Annuler", name="new.cancel")
        if not with_roles:
            self.lines_inside.addWidget(Paragraph(french_spaces(_ROLES_LATER), colour="texte_2"))
        for part in (self.form, self.first, self.second, self.current, buttons(self.add_button, cancel)):
            self.lines_inside.addWidget(part)
        self.add_button.clicked.connect(self._ask)
        self.current.line.returnPressed.connect(self._ask)
        cancel.clicked.connect(self._give_up)
        if not account.may_manage_keys():
            self.open_button.set_available(False)
            self.add(SmallText("L’administration technique ajoute les agents."))
        self._empty_form()

    def reload(self) -> None:
        """Show the officers, and the arrival that was being typed when the page was left."""
        clear(self._lines)
        self.habilitations = []
        for access in self._keys.accesses():
            if self._lines.count():
                self._lines.addWidget(Rule("filet"))
            self._lines.addWidget(self._line(access))
            self._lines.addWidget(self._habilitation(access.officer))
        self._chain()
        drafts = {draft.field: draft.text for draft in self._desk.of(_DRAFTS, self._mine())}
        if drafts and self._account.may_manage_keys():
            super().unfold()
            self.form.set_drafts(drafts)
            self._show_names()

    def _chain(self) -> None:
        """Tab goes on as one reads: what is made later would be last in the window."""
        before = self.open_button.previousInFocusChain()
        while before and (before.focusPolicy() is Qt.FocusPolicy.NoFocus or self._list.isAncestorOf(before)):
            before = before.previousInFocusChain()
        if not before:
            return
        for stop in (*self._list.findChildren(LinkButton), self.open_button):
            if stop.objectName():  # one that is on its way out has no name any more
                QWidget.setTabOrder(before, stop)
                before = stop

    def keep(self) -> None:
        """Keep what is typed of an arrival, the passphrases excepted, and of habilitations."""
        for part in self.habilitations:
            part.keep()
        self._typed.flush()

    def _drafts(self) -> list[Draft]:
        texts = {code: field.raw_text() for code, field in self.form.fields.items()}
        typed = any(text for code, text in texts.items() if code.removeprefix(_PREFIX) not in _USUAL)
        if not (self.unfolded() and typed):
            return []
        return [Draft(_DRAFTS, self._mine(), code, text) for code, text in texts.items()]

    def unfold(self) -> None:
        super().unfold()
        self.form.field("new.identifier").setFocus()

    def fold(self, said: str = "") -> None:
        """Forget what was typed; a key shown and not copied is in force, and to be made anew."""
        clear_secrets(self.first, self.second, self.current)
        left = self.card is not None
        self._drop_card()
        for line in self._list.findChildren(OfficerLine):
            line.fold()
        super().fold(said)
        if left:
            self.show_failure(sentence(Problem("paper_unconfirmed")))

    def _mine(self) -> UUID:
        return self._account.me().id

    def _line(self, access: Access) -> OfficerLine:
        officer = access.officer
        told = f"{officer.identifier}, {self._account.function_label(officer.function)}"
        managed = self._keys.may_manage() and officer.id != self._mine()
        line = OfficerLine(access, told, self._rights(officer), managed=managed)
        line.removal.connect(lambda officer_id, current: self._remove(line, officer_id, current))
        line.renewal.connect(lambda officer_id, passphrase, current: self._renew(line, officer_id, passphrase, current))
        return line

    # -- what they may do ------------------------------------------------------------------------------------

    def _habilitation(self, officer: Officer) -> HabilitationPart:
        part = self._make_habilitation(officer)
        part.changed.connect(self._habilitated)
        part.take_back()
        self.habilitations.append(part)
        return part

    def _habilitated(self, officer: Officer) -> None:
        self.reload()
        self.fold(f"Habilitation enregistrée{NBSP}: {officer.first_name} {capitals(officer.family_name)}.")
        self.habilitation_changed.emit(officer)

    # -- who leaves, who forgot ------------------------------------------------------------------------------

    def _remove(self, line: OfficerLine, officer_id: UUID, current: str) -> None:
        self._tasks.run(lambda: self._keys.remove_officer(officer_id, current), self._show_paper, refused=line.answer)

    def _show_paper(self, drawn: DrawnPaper) -> None:
        """The new recovery key is in force: it is shown until it is copied, or the page is left."""
        self.reload()
        if not self.isVisible():
            self.show_failure(sentence(Problem("paper_unconfirmed")))
            return
        self.card = PaperKeyCard(
            drawn.text,
            sentence,
            title="Nouvelle clé de secours",
            step="L’agent est retiré. L’ancienne clé de secours n’ouvre plus\u00a0: celle-ci la remplace.",
            button="La clé est recopiée",
            role="section",
        )
        self.card.printed.connect(lambda: self._print_paper(drawn))
        self.card.confirmed.connect(lambda: self._confirm_paper(drawn))
        self._list.hide()
        self.open_button.hide()
        self.lines.insertWidget(3, self.card)
        self.card.start()

    def _print_paper(self, drawn: DrawnPaper) -> None:
        if self.card is not None:
            said = self._print(self._keys.paper(drawn), self._keys.note_paper)
            self.card.say(said or "La clé est partie à l’imprimante.", alert=bool(said))

    def _confirm_paper(self, drawn: DrawnPaper) -> None:
        self._keys.confirm_paper(drawn)
        self._drop_card()
        said = "La nouvelle clé de secours est en service. Détruisez les feuilles de l’ancienne."
        self.fold(f"{said} {sentence(Problem('second_copies_left'))}" if drawn.second_left else said)

    def _drop_card(self) -> None:
        if self.card is not None:
            self.card.hide()
            self.card.deleteLater()
            self.card = None
        self._list.show()

    def _renew(self, line: OfficerLine, officer_id: UUID, passphrase: str, current: str) -> None:
        self._tasks.run(
            lambda: self._keys.give_access(officer_id, passphrase, current), self._renewed, refused=line.answer
        )

    def _renewed(self, officer: Officer) -> None:
        self.reload()
        self.fold(f"La nouvelle phrase de passe de {officer.first_name} {capitals(officer.family_name)} ouvre.")

    def _rights(self, officer: Officer) -> str:
        roles = ", ".join(self._account.role_label(role) for role in officer.roles)
        if not officer.roles:
            return french_spaces(_NO_ROLE)
        told = f"{'Rôles' if len(officer.roles) > 1 else 'Rôle'}{NBSP}: {roles}."
        if officer.habilitation_on is None:
            return f"{told} Premier agent du magasin."
        if officer.habilitation_names:
            told = f"{told} Habilité à{NBSP}: {self._account.named(officer)}."
        return f"{told} Habilitation du {dates.short(officer.habilitation_on)}, signée par {officer.habilitation_by}."

    def _empty_form(self) -> None:
        for field in self.form.fields.values():
            field.set_raw_text("")
            field.set_problem(None)
        self.form.set_values({_PREFIX + name: value for name, value in _USUAL.items()})
        self._show_names()

    def _show_names(self) -> None:
        """What is named is asked for an intervenant only."""
        if _PREFIX + "roles" not in self.form.fields:
            return
        ticked = self.form.value(_PREFIX + "roles")
        named = isinstance(ticked, tuple) and Role.INTERVENANT in ticked
        self.form.show_only(code for code in self.form.fields if named or code != _PREFIX + "habilitation_names")

    def _fields(self) -> Mapping[str, Field]:
        own: dict[str, Field] = {code.removeprefix(_PREFIX): field for code, field in self.form.fields.items()}
        return own | {"passphrase": self.first, "again": self.second, "current_passphrase": self.current}

    def _ask(self) -> None:
        if not self.add_button.isEnabled():
            return
        for field in self._fields().values():
            field.set_problem(None)
        officer = self._account.new_officer(self._values())
        told = self._problems(officer)
        if told:
            self.show_told(told, self._fields())
            return
        passphrase, current = self.first.line.text(), self.current.line.text()
        self._wait(True)
        self._tasks.run(lambda: self._keys.add_officer(officer, passphrase, current), self._done, refused=self._refused)

    def _values(self) -> Mapping[str, object]:
        return {code.removeprefix(_PREFIX): value for code, value in self.form.values().items()}

    def _problems(self, officer: Officer) -> dict[str, str]:
        """What is to be put right before any key is derived: a sentence by field, in reading order."""
        told = {code.removeprefix(_PREFIX): said for code, said in self.form.unread().items()}
        try:
            self._account.check_officer(officer)
        except Refusal as refusal:
            for problem in refusal.problems:
                told.setdefault(problem.field, sentence(problem))
        if self.first.line.text() != self.second.line.text():
            told["again"] = sentence(Problem("passphrase_differs"))
        return told

    def _wait(self, waiting: bool) -> None:
        self.add_button.setEnabled(not waiting)
        self.add_button.setText("Ajout en cours" if waiting else "Ajouter cet agent")

    def _refused(self, refusal: Refusal) -> None:
        self._wait(False)
        self.show_refusal(refusal, self._fields())

    def _done(self, officer: Officer) -> None:
        self._wait(False)
        self._give_up()
        self.reload()
        self.fold(f"{officer.first_name} {capitals(officer.family_name)} peut maintenant ouvrir le magasin.")
        self.habilitation_changed.emit(officer)

    def _give_up(self) -> None:
        self._desk.drop(_DRAFTS, self._mine())
        self._empty_form()
        self.fold()
