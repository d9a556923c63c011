"""What the service decides of one rule: used or not, its delay where no text sets it; the effect looked at first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.services.deadline import Impact, RuleLine, measures_of
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Rule, SectionTitle, SmallText
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.tasks import Task, Tasks
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording import todo as words

_ON, _OFF = "oui", "non"


class ChangePanel(QWidget):
    """Above the list; Enter applies, Esc leaves the rule as it is."""

    applied = Signal()
    left = Signal()

    def __init__(self, line: RuleLine, services: Services, tasks: Tasks, guard: Guard) -> None:
        super().__init__()
        self.setObjectName("rule")
        self._line, self._services, self._tasks, self._guard = line, services, tasks, guard
        self.form = FormView(_specs(line))
        self.form.field("in_use").set_value(_ON if line.rule.on else _OFF)
        if "count" in self.form.fields:
            self.form.field("count").set_value(abs(line.rule.count))
        self.effect = Paragraph("")
        self.effect.hide()
        self.look = Button("Voir l’effet", "eye", name="rule.look")
        self.apply = Button("Appliquer", "check", name="rule.apply")
        self.cancel = QuietButton("Ne rien changer", name="rule.cancel")
        self._lay_out()

    def _lay_out(self) -> None:
        inside = column(self, gap=12)
        acts = FlowRow(gap=8, line_gap=4)
        acts.add(self.look, self.apply, self.cancel)
        told = SmallText(words.rule_details(self._line.rule, measures_of(self._line.rule)))
        title = SectionTitle(words.rule_name(self._line.rule))
        for part in (title, told, self.form, self.effect, acts, Rule("bord")):
            inside.addWidget(part)
        self.look.clicked.connect(self._look)
        self.apply.clicked.connect(self._apply)
        self.cancel.clicked.connect(self.left)
        self.form.edited.connect(lambda _: self.effect.hide())

    def start(self) -> None:
        self.form.field("in_use").setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._apply()
        else:
            super().keyPressEvent(event)

    def _asked(self) -> tuple[bool, int | None] | None:
        """What is asked for; None, said beside the field, where the delay is no number."""
        in_use = self.form.value("in_use") == _ON
        if "count" not in self.form.fields:
            return in_use, None
        count = self.form.value("count")
        if isinstance(count, int):
            return in_use, count
        self._refuse(Refusal("rule_delay", "count"))
        return None

    def _look(self) -> None:
        """Every dossier is read again, in a worker, with its progress."""
        asked = self._asked()
        if asked is None:
            return
        in_use, count = asked
        code, service = self._line.rule.code, self._services.deadlines
        self.look.setEnabled(False)

        def work(task: Task) -> Impact:
            return service.impact(code, in_use=in_use, count=count, progress=task.progress)

        def over() -> None:
            self.look.setEnabled(True)

        def refused(refusal: Refusal) -> None:
            over()
            self._refuse(refusal)

        def done(impact: Impact) -> None:
            over()
            self._say(words.impact(impact.come, impact.go, impact.move, impact.persons))

        task = self._tasks.follow(work, done, refused=refused, cancelled=over)
        task.progressed.connect(lambda at, total: self._say(f"Dossiers relus{NBSP}: {at} sur {total}."))

    def _say(self, said: str) -> None:
        self.effect.setText(said)
        self.effect.show()

    def _apply(self) -> None:
        asked = self._asked()
        if asked is None:
            return
        in_use, count = asked
        refusals: list[Refusal] = []

        def apply() -> None:
            self._services.deadlines.set_rule(self._line.rule.code, in_use=in_use, count=count)

        self._guard.run(apply, refused=refusals.append)
        if refusals:
            self._refuse(refusals[0])
        else:
            self.applied.emit()

    def _refuse(self, refusal: Refusal) -> None:
        for said in self.form.show_refusal(refusal, sentence):
            self._say(said)


def _specs(line: RuleLine) -> tuple[FieldSpec, ...]:
    used = FieldSpec("in_use", "Cette règle", FieldKind.RADIO, ((_ON, "En usage"), (_OFF, "Éteinte")))
    if line.rule.is_law or line.rule.every_months or not line.rule.count:
        return (used,)
    unit = words.unit(line.rule)
    return (used, FieldSpec("count", f"Délai, en {unit}", FieldKind.INTEGER, width="half"))
