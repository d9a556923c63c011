"""The first start after its notice: the service and the officer, then the passphrase."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Officer, Role, Service, SignsAs, officer_problems, service_problems
from spip_desktop.ui.buttons import Button, PrimaryButton
from spip_desktop.ui.card import WIDE_CARD, Card, actions
from spip_desktop.ui.fields import Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Paragraph, SectionTitle
from spip_desktop.ui.layout import column
from spip_desktop.ui.officer_fields import SERVICE, officer_specs
from spip_desktop.ui.secret_field import SecretField

_NUMBER_FIELDS = ("number_authorised_from", "number_authorised_until")
Sentence = Callable[[Problem | Refusal], str]


@dataclass(frozen=True, slots=True)
class Identity:
    """What step 2 gives to step 3."""

    service: Service
    officer: Officer


class IdentityCard(Card):
    """Step 2: the service, its antenne, the officer."""

    filled = Signal(object)  # Identity
    back = Signal()

    def __init__(self, ids: Ids, functions: tuple[tuple[str, str], ...], parse_date: Parse, sentence: Sentence) -> None:
        super().__init__("Votre service et vous", "Premier démarrage, étape 2 sur 4", width=WIDE_CARD)
        self._ids, self._sentence = ids, sentence
        self.service = FormView(SERVICE)
        self.officer = FormView(officer_specs(functions), parse_date=parse_date)
        self.service.set_values({"service.branch_kind": "mixte"})
        self.officer.set_values({"milieu": "mixte", "quotity": 100, "signs_as": SignsAs.NAME.value, "function": "cpip"})
        self.next = PrimaryButton("Continuer", name="next")
        previous = Button("Précédent", name="back")
        self.add(SectionTitle("Service"), self.service, SectionTitle("Agent"), self.officer)
        self.add(actions(self.next, previous))
        self.next.clicked.connect(self._go)
        previous.clicked.connect(self.back)
        self.officer.edited.connect(lambda _: self._show_number_fields())
        self._show_number_fields()

    def start(self) -> None:
        self.service.field("service.name").setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in any field goes on, as on the cards before and after."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        else:
            super().keyPressEvent(event)

    def typed(self) -> Mapping[str, str]:
        """What stands in every field, for the return to this card."""
        return {code: field.raw_text() for form in (self.service, self.officer) for code, field in form.fields.items()}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put it back as it was typed."""
        self.service.set_drafts(typed)
        self.officer.set_drafts(typed)
        self._show_number_fields()

    def _show_number_fields(self) -> None:
        by_number = self.officer.value("signs_as") == SignsAs.NUMBER.value
        self.officer.show_only(code for code in self.officer.fields if by_number or code not in _NUMBER_FIELDS)

    def _go(self) -> None:
        identity = Identity(_service(self._ids, self.service.values()), _officer(self._ids, self.officer.values()))
        told = self.officer.unread()
        for problem in _problems(identity):
            told.setdefault(problem.field, self._sentence(problem))
        self.officer.show_problems(told)
        self.service.show_problems(told)  # last: the focus goes to the first field of the card
        self.say("Complétez les champs signalés." if told else "")
        if not told:
            self.filled.emit(identity)


def _problems(identity: Identity) -> list[Problem]:
    service = [Problem(one.code, f"service.{one.field}", one.data) for one in service_problems(identity.service)]
    return service + officer_problems(identity.officer)


class PassphraseCard(Card):
    """A new passphrase, typed twice: step 3 of the first start, and after a recovery."""

    chosen = Signal(str)
    back = Signal()

    def __init__(self, purpose: str, button: str) -> None:
        super().__init__("Votre phrase de passe", purpose, width=WIDE_CARD)
        self._button = button
        self.add(
            Paragraph(
                "Quinze signes au moins. Quelques mots sans rapport entre eux font une phrase solide et facile à "
                "retenir\u00a0; ni votre nom, ni celui du service. Personne ne peut la retrouver pour vous\u00a0: "
                "la clé de secours, sur papier, est la seule autre entrée."
            )
        )
        self.first = SecretField("passphrase", "Phrase de passe")
        self.second = SecretField("again", "La même, une seconde fois")
        fields = column(gap=16)
        fields.addWidget(self.first)
        fields.addWidget(self.second)
        self.next = PrimaryButton(button, name="next")
        previous = Button("Précédent", name="back")
        self.add(fields, actions(self.next, previous))
        self.next.clicked.connect(self._go)
        previous.clicked.connect(self.back)
        self.first.line.returnPressed.connect(self.second.line.setFocus)
        self.second.line.returnPressed.connect(self._go)

    def start(self) -> None:
        self.first.line.setFocus()

    def wait(self, waiting: bool) -> None:
        self.next.setEnabled(not waiting)
        self.next.setText("Préparation en cours" if waiting else self._button)

    def show_problem(self, sentence: str, field: str = "") -> None:
        """Say what is wrong with the passphrase, or with the rest at the foot of the card."""
        if field == "passphrase":
            self.first.set_problem(sentence)
            self.first.line.setFocus()
        else:
            self.say(sentence)

    def _go(self) -> None:
        self.first.set_problem(None)
        self.second.set_problem(None)
        self.say("")
        if self.first.line.text() != self.second.line.text():
            self.second.set_problem("Les deux phrases ne sont pas les mêmes.")
            self.second.line.setFocus()
        elif self.next.isEnabled():
            self.chosen.emit(self.first.line.text())


def _officer(ids: Ids, values: Mapping[str, object]) -> Officer:
    text = {name: str(value or "") for name, value in values.items()}
    quotity = values.get("quotity")
    return replace(
        Officer(
            id=ids.new(),
            identifier=text["identifier"],
            family_name=text["family_name"],
            first_name=text["first_name"],
            function=text["function"],
            roles=(Role.CPIP, Role.ADMIN_TECHNIQUE),
            milieu=text["milieu"],
            quotity=quotity if isinstance(quotity, int) else 0,
            phone=text["phone"],
            email=text["email"],
            administrative_number=text["administrative_number"],
            title=text["title"],
        ),
        **_signing(values),
    )


def _signing(values: Mapping[str, object]) -> dict[str, Any]:
    if values.get("signs_as") != SignsAs.NUMBER.value:
        return {"signs_as": SignsAs.NAME}
    return {"signs_as": SignsAs.NUMBER} | {name: values.get(name) for name in _NUMBER_FIELDS}


def _service(ids: Ids, values: Mapping[str, object]) -> Service:
    return Service(id=ids.new(), **{name.removeprefix("service."): str(value or "") for name, value in values.items()})
