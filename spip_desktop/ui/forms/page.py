"""« Formulaire d’évaluation »: the versions known, the one in use; a new one is compared before it is installed."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.form_changes import ChangeKind, QuestionChange, StepChange
from spip_desktop.domain.text import NBSP
from spip_desktop.services.form_library import FormLine, FormPreview
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section, SmallText, StateLabel
from spip_desktop.ui.layout import column
from spip_desktop.ui.library_page import LibraryPage, LibraryWords, Shelf, said_line
from spip_desktop.ui.table import Cell, Column
from spip_desktop.wiring import Services
from spip_desktop.wording.forms import AROUND, QUESTION_CHANGES, SPOKEN_CHANGES, STEP_CHANGES, difference_words

KIND = "forms"
_WORDS = LibraryWords(
    title="Formulaire d’évaluation",
    how=(
        "Enregistrez le modèle, changez ses questions dans un éditeur de texte, puis ajoutez le fichier. "
        "Les évaluations commencées gardent leur version, à l’écran comme sur le papier."
    ),
    table="Versions du formulaire d’évaluation",
    paper="La trame d’entretien",
    columns=(Column("Version", 176), Column("Titre"), Column("État", 232)),
    choose="Formulaire à ajouter",
    files="Formulaires (*.toml)",
    use="Utiliser ce formulaire",
    used="Le formulaire est en usage pour les évaluations à venir.",
)
_ICONS = {ChangeKind.NEW: "plus-circle", ChangeKind.CHANGED: "pencil", ChangeKind.GONE: "minus-circle"}
_PRESUMED = (
    f"Ces lignes seraient aussi demandées à une personne présumée innocente. Relisez-les{NBSP}: "
    "les faits ne sont pas abordés avec elle."
)
_BEFORE_THE_PERSON = (
    f"La personne lirait ces lignes seule, à l’écran ou sur le papier. Relisez-les{NBSP}: "
    "ni risque, ni appréciation, ni tiers."
)
_INDENT = 24  # pixels at 100 %


class FormLibraryPage(LibraryPage):
    """The questions of the evaluation."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(guard, services.clock.now, _shelf(services), _WORDS, name=KIND)


def _shelf(services: Services) -> Shelf[FormLine, FormPreview]:
    forms = services.forms
    return Shelf(
        lines=forms.lines,
        cells=_cells,
        own_id=lambda one: one.own_id,
        file_name=lambda one: f"{one.code}.toml",
        model=lambda one: forms.model(one.version),
        paper=lambda one: forms.paper(one.version),
        preview=forms.preview,
        panel=lambda found: tuple(_panel(found)),
        install=forms.install,
        withdraw=forms.withdraw,
        withdrawn=lambda one: f"La version {one.version} n’est plus proposée. Ce qui a été écrit avec elle la garde.",
    )


def _cells(one: FormLine) -> tuple[Cell, ...]:
    origin = "du service" if one.installed else "du logiciel"
    return (
        Cell(f"{one.version}, {origin}", bold=True),
        Cell(one.title),
        Cell(_state(one), icon="check" if one.in_use else "", tone="texte" if one.in_use else "texte_2"),
    )


def _state(one: FormLine) -> str:
    since = f" depuis le {dates.short(one.installed.installed_on)}" if one.installed else ""
    if one.in_use:
        return f"En usage{since}"
    if one.aside:
        return "Mise de côté, ne convient plus au logiciel"
    retired = one.installed.retired_on if one.installed else None
    return f"Plus proposée depuis le {dates.short(retired)}" if retired else "Remplacée"


def _panel(found: FormPreview) -> Iterator[QWidget]:
    nothing = () if found.changes else (Paragraph("Les questions sont les mêmes."),)
    yield Section(
        "Ce fichier",
        Paragraph(found.title),
        said_line("Remplace", f"la version {found.replaces}, pour les évaluations à venir"),
        *nothing,
        right=f"version {found.version}",
        gap=4,
    )
    for step in found.changes:
        yield Section(step.label, *_step_lines(step), gap=8)
    if found.around:
        said = (AROUND[what].format(words=words) for what, words in found.around)
        yield Section("Autour des questions", *(StateLabel("pencil", one, wrap=True) for one in said), gap=8)
    for title, why, lines in (
        ("Présomption d’innocence", _PRESUMED, found.of_the_presumed),
        ("Devant la personne", _BEFORE_THE_PERSON, found.to_the_person),
    ):
        if lines:
            yield Section(title, Paragraph(why), *(SmallText(one, colour="texte") for one in lines), gap=4)


def _step_lines(step: StepChange) -> Sequence[QWidget]:
    lines: list[QWidget] = []
    if step.kind is not ChangeKind.CHANGED:
        lines.append(StateLabel(_ICONS[step.kind], STEP_CHANGES[step.kind]))
    elif step.before != step.label:
        lines.append(StateLabel(_ICONS[step.kind], f"S’appelait «{NBSP}{step.before}{NBSP}»", wrap=True))
    lines += [_question(one) for one in step.questions]
    for kind, text in step.spoken:
        lines.append(StateLabel(_ICONS[kind], f"{SPOKEN_CHANGES[kind]}{NBSP}: {text}", wrap=True))
    return lines


def _question(one: QuestionChange) -> QWidget:
    """« Question changée : … », and below what is not as it was."""
    head = StateLabel(_ICONS[one.kind], f"{QUESTION_CHANGES[one.kind]}{NBSP}: {one.label}", wrap=True)
    if not one.differences:
        return head
    whole = QWidget()
    lines = column(whole, gap=0)
    lines.addWidget(head)
    inside = column(gap=0, margins=(_INDENT, 0, 0, 0))
    for difference in one.differences:
        inside.addWidget(SmallText(difference_words(difference), colour="texte"))
    lines.addLayout(inside)
    return whole
