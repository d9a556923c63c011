"""What a sheet looks like with invented content: the preview before the service makes it its own."""

from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.sheet import Ask, Letterhead, SheetBlock, SheetContent, SheetField, SheetReturn
from spip_desktop.forms.sheet import Block, LetterheadForm, Only, PlaceOnSheet, SheetForm

_WORDS = "exemple de ce qui peut être écrit ici, jusqu’au bout de la place prévue pour cette rubrique "
_LONGEST = 60
#: Printed on the line of the field before them (prescription_sheet).
_ON_THE_LINE_BEFORE = frozenset({"nom", "prenom", "piece_validite"})


def sample(form: SheetForm, letterhead: LetterheadForm, *, longest: bool) -> SheetContent:
    """Every field of the sheet filled, by a few words or by as many as each may hold."""
    neutral = letterhead.neutral
    return SheetContent(
        code=form.code,
        title=form.title,
        sender=Letterhead(
            heading=letterhead.sender, name="Nom du service", lines=("Agent", "Ligne directe", "Courriel")
        ),
        recipient=Letterhead(
            heading=letterhead.recipient, name="Nom du partenaire", lines=("Contact", "Rendez-vous", "Adresse", "Ville")
        ),
        asks=tuple(Ask(code=one.code, label=one.label, ticked=not place) for place, one in enumerate(form.asks)),
        objective=_filled(form.objective_max, longest) if form.has_objective else "",
        not_asked=form.not_asked_neutral if neutral else form.not_asked,
        blocks=tuple(
            SheetBlock(
                code=block.code,
                title=block.title,
                half=block.half,
                left=_fields(block, PlaceOnSheet.LEFT, letterhead, longest),
                right=_fields(block, PlaceOnSheet.RIGHT, letterhead, longest),
                sentences=_fields(block, PlaceOnSheet.SENTENCE, letterhead, longest),
            )
            for block in form.blocks
        ),
        agreement=form.agreement,
        foot=form.foot_legal if form.ground and not neutral else form.foot_agreement,
        answer=SheetReturn(
            title=form.answer.title,
            send_to=(form.answer.send_to_neutral if neutral else form.answer.send_to or "courriel du service",),
            parts=form.answer.parts,
            signer=form.answer.signer,
            foot=form.answer.foot_neutral if neutral else form.answer.foot,
        ),
        asks_title=form.asks_title,
        objective_label=form.objective_label,
        agreement_title=form.agreement_title,
        neutral=neutral,
        size=form.size,
    )


def _fields(block: Block, place: PlaceOnSheet, letterhead: LetterheadForm, longest: bool) -> tuple[SheetField, ...]:
    inside = Milieu.CUSTODY.value in letterhead.milieux
    return tuple(
        SheetField(
            code=one.field.code,
            label=one.label,
            values=(_filled(one.field.max_length, longest),),
            note=one.note,
            named=one.is_named_in(block),
        )
        for one in block.fields
        if one.place is place
        and one.field.code not in _ON_THE_LINE_BEFORE
        and not (letterhead.neutral and Only.OFFICIAL in one.only)
        and not (Only.CUSTODY in one.only and not inside)
    )


def _filled(most: int, longest: bool) -> str:
    room = most or _LONGEST
    return (_WORDS * 8)[: room if longest else min(room, 18)].strip()
