"""The PACEP: the plan (« Projet », then « À signer ») and the person's own copy."""

from collections.abc import Sequence
from datetime import date

from spip_desktop.documents.kit.flow import Block, Columns, Gap, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import HAIRLINE, STRONG, Type, paper
from spip_desktop.documents.kit.marks import Blank, Option, RuledLines, SignatureBox, Ticks
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Fact, Facts, Grid
from spip_desktop.documents.kit.text import Span, Words, quoted
from spip_desktop.domain import dates
from spip_desktop.domain.officer import of_the_referent
from spip_desktop.domain.plan_content import CopyKept, PersonCopy, PlanAxis, PlanContent, PlanObjective
from spip_desktop.wording.pacep import AGREEMENT, OPINION

DEMONSTRATION = "DÉMONSTRATION, personne fictive"
PLAN_TITLE = "Plan d’accompagnement et d’exécution de la peine"
COPY_TITLE = "Ce que nous avons retenu ensemble"
LEVEL_CHOSEN = "Niveau d’intervention choisi par le CPIP"
_FOOT_OF_COPY = {
    CopyKept.CELL: "Ce document ne mentionne pas le motif de votre détention. Vous pouvez le garder.",
    CopyKept.REGISTRY: "À consulter au greffe.",
    CopyKept.HOME: "Ce document est pour vous. Vous pouvez le garder.",
}
_PLAN_WIDTHS = (46, 20, 17, 17)


def foot_of_copy(kept: CopyKept) -> str:
    """What a copy for the person says of where it may be kept."""
    return _FOOT_OF_COPY[kept]


def render_plan(plan: PlanContent, *, day: date, to_sign: bool, demo: bool) -> bytes:
    """The plan as PDF bytes. Not `to_sign`: « PROJET », without signatures; `day` is when it was made or frozen."""
    above = "À signer" if to_sign else "PROJET, ne pas remettre"
    issued = f"Version {plan.version}, établie le {dates.short(day)}"
    furniture = Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=34,
        above_left=DEMONSTRATION if demo else "",
        above_right=above,
        foot=[(AGREEMENT, paper().sheet)],
        last_left=issued if to_sign else f"Version {plan.version}, projet du {dates.short(day)}",
    )
    blocks = [*_plan_head(plan), *_level(plan)]
    for axis in plan.axes:
        blocks += _axis(axis)
    if plan.left_aside:
        blocks += _part("Besoins laissés de côté pour l’instant", [Paragraph(plan.left_aside, paper().cell)])
    blocks += _plan_signatures(plan, day) if to_sign else []
    document = Paper(PLAN_TITLE)
    document.add(blocks, furniture)
    return document.rendered()


def _plan_head(plan: PlanContent) -> list[Block]:
    facts = [
        Fact("Cadre", [plan.frame]),
        Fact("Service", [plan.service]),
        Fact("Préparé par", [plan.prepared_by]),
        Fact("À partir du", [plan.since]),
        Fact("Revu au plus tard le", [plan.next_review]),
    ]
    return [
        Heading(Span(PLAN_TITLE, bold=True), paper().title, 1),
        Paragraph(f"{plan.person}, version {plan.version}", paper().person, before=3),
        Rule(STRONG, before=6, after=8),
        Facts([fact for fact in facts if fact.values[0]], paper().cell, 117),
    ]


def _level(plan: PlanContent) -> list[Block]:
    type_ = paper().cell
    chosen = Paragraph([Span(f"{LEVEL_CHOSEN}\u00a0: "), Span(plan.level, bold=True)], type_)
    blocks = [
        *_part("Niveau d’intervention", [chosen, Paragraph(f"Motif\u00a0: {plan.level_reason}", type_, before=2)])
    ]
    if plan.strategy:
        blocks += _part("Ordre et façon de faire", [Paragraph(plan.strategy, type_)])
    if plan.what_matters:
        blocks += _part("Ce qui compte pour la personne", [Paragraph(quoted(one), type_) for one in plan.what_matters])
    if plan.strengths:
        blocks += _part("Points d’appui", [Paragraph(plan.strengths, type_)])
    return blocks


def _part(title: str, blocks: Sequence[Block]) -> list[Block]:
    return [Heading(Span(title, bold=True), Type(12, 15), before=14, rule=HAIRLINE, after=5), *blocks]


def _axis(axis: PlanAxis) -> list[Block]:
    """The axis's title, its need, then its objectives and their actions in one table."""
    rows: list[list[Words]] = [row for objective in axis.objectives for row in _objective(objective)]
    heading = Heading(Span(axis.title, bold=True), Type(12, 15), before=18, after=1)
    blocks: list[Block] = [heading]
    if axis.need:
        blocks = [Stack([heading, Paragraph(f"Besoin à travailler\u00a0: {axis.need}", paper().sheet)], before=18)]
        blocks[0].keeps_next = True
    if rows:
        heads = ("Objectif et actions", "Qui", "Pour le", "État")
        blocks.append(Grid(heads, rows, _PLAN_WIDTHS, paper().cell, Type(9, 12), before=5, padding=4))
    return blocks


def _objective(objective: PlanObjective) -> list[list[Words]]:
    words: list[Span] = [Span(f"{objective.number} {quoted(objective.words)}", bold=True)]
    if objective.seen_by:
        words.append(Span(f"\nSe voit à\u00a0: {objective.seen_by}"))
    found: list[list[Words]] = [[words, "", Span(objective.due, bold=True), ""]]
    found += [[f"–\u00a0{one.label}", one.who, one.due, one.state] for one in objective.actions]
    return found


def _plan_signatures(plan: PlanContent, day: date) -> list[Block]:
    """The person's answer, three signatures and the line of the visa, on one page."""
    type_ = paper().cell
    answer = Ticks([Option("Je suis d’accord"), Option("En partie"), Option("Je ne suis pas d’accord")], type_, gap=22)
    boxes = [
        SignatureBox("Date et signature de la personne", type_, 48),
        SignatureBox(f"Date et signature {of_the_referent(plan.referent)}", type_, 48),
    ]
    visa = Columns([Blank("Visa du DPIP, nom", type_), Blank("Date et signature", type_)])
    heading = Heading(Span("Accord et signatures", bold=True), Type(12, 15), rule=HAIRLINE, after=5)
    which = f"Plan de {plan.person}, version {plan.version} du {dates.short(day)}."
    parts: list[Block] = [
        heading,
        Paragraph(which, type_),
        Paragraph(OPINION, type_),
        Gap(4),
        answer,
        RuledLines(2),
        Gap(10),
    ]
    return [Stack([*parts, Columns(boxes), Gap(16), visa, Gap(8)], before=18)]


def render_person_copy(copy: PersonCopy, *, day: date, draft: bool, demo: bool) -> bytes:
    """The person's copy as PDF bytes; `day` is when this version was made. A draft has no signature box."""
    foot = Type(paper().sheet.size, 13.5)
    issued = f"Version {copy.version}, établie le {dates.short(day)}"
    furniture = Furniture(
        margin=paper().person_margin,
        small=Type(paper().foot.size, 15),
        top=34,
        above_left=DEMONSTRATION if demo else "",
        above_right="PROJET, ne pas remettre" if draft else "",
        before_rule=[(AGREEMENT, foot)],
        foot=[(Span(_FOOT_OF_COPY[copy.kept], bold=True), foot)],
        last_left=f"Version {copy.version}, projet du {dates.short(day)}" if draft else issued,
        last_line=33,
        foot_gap=5,
    )
    document = Paper(COPY_TITLE)
    document.add([*_copy_head(copy), *_copy_steps(copy), *_copy_end(copy, draft=draft)], furniture)
    return document.rendered()


def _copy_head(copy: PersonCopy) -> list[Block]:
    type_ = paper().person
    blocks: list[Block] = [
        Gap(4),
        Heading(Span(COPY_TITLE, bold=True), paper().person_title, 1),
        Paragraph(f"{copy.person}, le {copy.day}", type_, before=1),
        Rule(STRONG, before=8.5, after=2),
    ]
    if copy.what_matters:
        blocks += _copy_part("Ce qui compte pour vous", [Paragraph(quoted(one), type_) for one in copy.what_matters])
    if copy.strengths:
        blocks += _copy_part("Vos points d’appui", [Paragraph(copy.strengths, type_)])
    return blocks


def _copy_part(title: str, blocks: Sequence[Block]) -> list[Block]:
    return [Heading(Span(title, bold=True), paper().person_head, before=14, after=1), *blocks]


def _copy_steps(copy: PersonCopy) -> list[Block]:
    rows: list[list[Words]] = [
        [Span(quoted(step.objective), bold=True), step.you, step.we, step.by] for step in copy.steps
    ]
    heads = ("Votre objectif", "Ce que vous faites", "Ce que nous faisons", "Pour")
    if not rows:
        return []
    return _copy_part(
        "Ce que nous allons faire", [Grid(heads, rows, (153, 124, 130, 76), paper().cell, Type(9, 12), before=4)]
    )


def _copy_end(copy: PersonCopy, *, draft: bool) -> list[Block]:
    type_ = paper().person
    blocks: list[Block] = []
    if copy.next_meeting:
        blocks += _copy_part("Notre prochain rendez-vous", [Paragraph(copy.next_meeting, type_)])
    options = [Option("Je suis d’accord"), Option("En partie"), Option("Je ne suis pas d’accord")]
    title, words = _copy_part("Votre avis", [Paragraph(OPINION, type_)])
    opinion: list[Block] = [
        title,
        words,
        Gap(6),
        Ticks(options, type_, side=10, inset=6, gap=27),
        RuledLines(2, step=21.75),
    ]
    if not draft:
        ending = copy.counsellor
        boxes = [
            SignatureBox("Votre signature", type_, 45.5),
            SignatureBox(f"Signature de votre {ending}", type_, 45.5),
        ]
        opinion += [Gap(13), Columns(boxes, gap=24)]
    return [*blocks, Stack(opinion, before=title.before)]
