"""Printing from a page: a line in the page to choose the printer, then the bytes go there. No file is offered.

On CUPS the bytes go to `lp`; elsewhere Qt draws the pages. The demonstration puts its own printers in their place.
"""

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.services.cups import CLEAN, Spool, spool_of, takes_both_sides
from spip_desktop.services.printing import (
    JOB_TITLE,
    Printable,
    Printer,
    PrintingService,
    cups_printers,
    give_up,
    has_cups,
    memory_folder,
    one_sided,
    send,
)
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.choices import Tick
from spip_desktop.ui.editors import Choice
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.text import Text
from spip_desktop.wording import sentence

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument

_DOTS_PER_INCH = 300
_GRACE = 2.0  # seconds: logind waits five before it puts the machine to sleep
_AGAIN = "Pour imprimer quand même, demandez-le une seconde fois."
_JOURNALLED = "Ce choix est inscrit au journal."


class Printers(Protocol):
    """Where papers may go.

    `threaded`: sending waits, and touches nothing of the screen. `spools`: the paper is set down for a moment in a
    folder, which must be in memory.
    """

    threaded: bool
    spools: bool

    def offered(self) -> Sequence[Printer]:
        """The printers, the usual one first."""

    def send(self, content: bytes, printer: str) -> str:
        """Send; returns nothing when it went through, else why not, in a few words for the journal."""


class CupsPrinters:
    """The queues of CUPS, reached by `lp` on standard input."""

    threaded = True
    spools = True

    def __init__(self, *, two_sided: bool = True) -> None:
        self._two_sided = two_sided

    def offered(self) -> Sequence[Printer]:
        return cups_printers()

    def send(self, content: bytes, printer: str) -> str:
        folder = memory_folder()
        return send(content, printer, folder, two_sided=self._two_sided) if folder else "dossier temporaire sur disque"


class QtPrinters:
    """Windows: the pages drawn by Qt at 300 dpi. Where Qt sets a job down, TMPDIR is in memory (security.md §4.1)."""

    threaded = False
    spools = True

    def __init__(self, *, two_sided: bool = True) -> None:
        self._two_sided = two_sided

    def offered(self) -> Sequence[Printer]:
        from PySide6.QtPrintSupport import QPrinterInfo

        usual = QPrinterInfo.defaultPrinterName()
        found = [Printer(name, name == usual) for name in QPrinterInfo.availablePrinterNames()]
        return sorted(found, key=lambda one: (not one.is_default, one.name.casefold()))

    def send(self, content: bytes, printer: str) -> str:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        folder = memory_folder()
        if folder is None:
            return "dossier temporaire sur disque"
        os.environ["TMPDIR"] = str(folder)
        target = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
        target.setDocName(JOB_TITLE)
        target.setResolution(_DOTS_PER_INCH)
        target.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        target.setFullPage(True)
        sides = QPrinter.DuplexMode
        target.setDuplex(sides.DuplexLongSide if self._two_sided else sides.DuplexNone)
        return _draw(content, target)


def _draw(content: bytes, target: object) -> str:
    """Draw every page on a paint device the size of the paper."""
    from PySide6.QtPrintSupport import QPrinter

    assert isinstance(target, QPrinter)
    buffer, document = loaded(content)
    page_size = document.pagePointSize(0)
    wide = page_size.width() > page_size.height()
    target.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    painter = QPainter()
    if not painter.begin(target):
        return "imprimante indisponible"
    size = target.pageLayout().fullRectPixels(_DOTS_PER_INCH).size()
    for page in range(document.pageCount()):
        if page:
            target.newPage()
        painter.drawImage(0, 0, document.render(page, QSize(size)))
    painter.end()
    document.close()
    buffer.close()
    return ""


def loaded(content: bytes) -> tuple[QBuffer, "QPdfDocument"]:
    """A document read from memory; keep the buffer as long as the document."""
    from PySide6.QtPdf import QPdfDocument  # not before the first paper

    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    return buffer, document


@dataclass(slots=True)
class _Chosen:
    printers: Printers | None = None
    warned: bool = False  # of a copy that may stay, since the last unlocking
    one_sided: set[str] = field(default_factory=set)  # the printers to print on one side with, since then


_chosen = _Chosen()


def use(printers: Printers | None) -> None:
    """Print elsewhere (the demonstration writes into visite/); None is back to this workstation's printers."""
    _chosen.printers = printers


def printers(*, two_sided: bool = True) -> Printers:
    if _chosen.printers is not None:
        return _chosen.printers
    return CupsPrinters(two_sided=two_sided) if has_cups() else QtPrinters(two_sided=two_sided)


def can_print_both_sides(target: Printers, printer: str) -> bool:
    if isinstance(target, CupsPrinters):
        return takes_both_sides(printer)
    if isinstance(target, QtPrinters):
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        known = QPrinterInfo.printerInfo(printer).supportedDuplexModes()
        return not known or QPrinter.DuplexMode.DuplexLongSide in known
    return True


def spool_at(target: Printers, printer: str) -> Spool:
    """What a paper sent to that printer would leave in clear on this workstation."""
    if not target.spools:
        return CLEAN
    if memory_folder() is None:
        return Spool(kept=True, problem=Problem("spool_on_disk"))
    return spool_of(printer)


class Note(Protocol):
    """Writes the line of the journal of a job, before it; with `why`, that it did not go through."""

    def __call__(self, printer: str, *, copy_accepted: bool = False, why: str = "") -> None: ...


def print_bytes(content: bytes, note: Note) -> str:
    """Print a recovery sheet on the usual printer; returns the sentence of what failed.

    Where a copy may stay, the first request only says so: asking a second time is the choice.
    """
    target = printers()
    offered = target.offered()
    if not offered:
        return sentence(Refusal("no_printer"))
    printer = offered[0].name
    spool = spool_at(target, printer)
    if spool.problem is not None and not (spool.unsure and _chosen.warned):
        _chosen.warned = spool.unsure
        return " ".join(filter(None, (sentence(spool.problem), _AGAIN if spool.unsure else "")))
    note(printer, copy_accepted=spool.unsure)
    why = target.send(content, printer)
    if not why:
        return ""
    note(printer, why=why)
    return sentence(Refusal("print_failed", printer=printer))


class PrintLine(QWidget):
    """« Imprimer sur … » in the page: Enter prints, Esc leaves. The journal line is committed before the job."""

    printed = Signal(str)  # what to say: where it went
    failed = Signal(str)  # the sentence of what went wrong
    left = Signal()

    def __init__(self, service: PrintingService, *, name: str = "printing") -> None:
        super().__init__()
        self.setObjectName(name)
        self._service, self._tasks = service, Tasks(self)
        self._paper: Printable | None = None
        self._spool = CLEAN
        self.title = Text("Imprimer sur", "bold")
        self.choice = Choice(empty="")
        self.choice.setObjectName(f"{name}.printer")
        self.choice.setAccessibleName("Imprimante")
        self.both = Tick("Recto verso", f"{name}.both")
        self.go = Button("Imprimer", "printer", name=f"{name}.go")
        self.cancel = QuietButton("Ne pas imprimer", name=f"{name}.cancel")
        self.remark = SmallText("")
        self._build()
        self.hide()

    def _build(self) -> None:
        inside = column(self, gap=4, margins=(24, 8, 24, 8))
        line = row(gap=8)
        for part in (self.title, self.choice, self.go, self.cancel):
            line.addWidget(part, 1 if part is self.choice else 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        inside.addLayout(line)
        below = row(gap=16)
        below.addWidget(self.both, 0, Qt.AlignmentFlag.AlignVCenter)
        below.addWidget(self.remark, 1, Qt.AlignmentFlag.AlignVCenter)
        inside.addLayout(below)
        self.go.clicked.connect(self._print)
        self.cancel.clicked.connect(self._leave)
        self.choice.chosen.connect(self._look_at_printer)
        self.both.clicked.connect(self._keep_sides)

    def ask(self, paper: Printable) -> None:
        """Offer the printers for a paper; without any that would keep nothing, say so."""
        target = printers()
        offered = target.offered()
        if not offered:
            self.failed.emit(sentence(Refusal("no_printer")))
            return
        first = spool_at(target, offered[0].name)
        if first.problem is not None and first.kept and all(spool_at(target, one.name).kept for one in offered[1:]):
            self.failed.emit(sentence(first.problem))
            return
        self._paper = paper
        self.choice.set_options((one.name, one.name) for one in offered)
        self.choice.set_value(offered[0].name)
        self._look_at_printer()
        self.show()
        (self.go if self.go.isEnabled() else self.choice).setFocus()

    def _look_at_printer(self) -> None:
        """Both sides where it can, unless it was asked for one before; a blank back has no place on one."""
        printer = self.choice.value()
        both = can_print_both_sides(printers(), printer)
        self.both.setVisible(both)
        self.both.setChecked(both and printer not in _chosen.one_sided)
        self._look_at_spool()

    def _keep_sides(self) -> None:
        (_chosen.one_sided.discard if self.both.isChecked() else _chosen.one_sided.add)(self.choice.value())
        self._look_at_spool()

    def _look_at_spool(self) -> None:
        """Say what the chosen printer would leave behind; « Imprimer quand même » is the choice of the officer."""
        if self._paper is None:
            return
        self._spool = spool = spool_at(printers(), self.choice.value())
        if spool.problem is None:
            sides = "recto verso" if self.both.isChecked() else "recto seul"
            said = f"{self._paper.title}{NBSP}: {sides}, A4. L’impression est inscrite au journal."
        else:
            said = " ".join(filter(None, (sentence(spool.problem), _JOURNALLED if spool.unsure else "")))
        self.remark.setText(said)
        self.go.setText("Imprimer quand même" if spool.unsure else "Imprimer")
        self.go.setEnabled(not spool.kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._print()
            return
        super().keyPressEvent(event)

    def stop(self) -> None:
        """Wait a little for the job under way: the page goes, or the program locks."""
        end = threading.Timer(_GRACE, give_up)
        end.start()
        self._tasks.stop()
        end.cancel()

    def _print(self) -> None:
        paper, printer, both = self._paper, self.choice.value(), self.both.isChecked()
        target = printers(two_sided=both)
        if paper is None or not printer or not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        try:
            self._service.note(paper, printer, copy_accepted=self._spool.unsure)
        except Refusal as refusal:
            said = sentence(refusal)
            self._over(lambda: self.failed.emit(said))
            return
        job = partial(target.send, paper.content if both else one_sided(paper.content), printer)
        if target.threaded:
            self._tasks.run(job, partial(self._ended, paper, printer), failed=partial(self._crashed, paper, printer))
        else:
            self._ended(paper, printer, job())

    def _ended(self, paper: Printable, printer: str, why: str) -> None:
        if not why:
            self._over(lambda: self.printed.emit(f"{paper.title}{NBSP}: envoi à l’imprimante {printer}."))
            return
        self._service.note_failure(paper, printer, why)
        self._over(lambda: self.failed.emit(sentence(Refusal("print_failed", printer=printer))))

    def _crashed(self, paper: Printable, printer: str, error: Exception) -> None:
        self._ended(paper, printer, type(error).__name__)

    def _leave(self) -> None:
        self._over(self.left.emit)

    def _over(self, tell: Callable[[], object]) -> None:
        self._paper = None
        self.hide()
        tell()
