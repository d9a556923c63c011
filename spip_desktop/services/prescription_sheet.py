"""From a dossier and the officer's choices to the exact content of the sheet: what is not here is not printed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from spip_desktop import reference
from spip_desktop.domain import dates
from spip_desktop.domain.disclosure import IDENTITY, Dossier, LetsOut, Values, birth_label, lowered, prefilled, values
from spip_desktop.domain.eligibility import Thresholds
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.officer import Officer, Service, referent
from spip_desktop.domain.partner import Partner, PartnerContact, PartnerNature, PartnerService
from spip_desktop.domain.prescription import Limits, Prescription
from spip_desktop.domain.sheet import Ask, Letterhead, SheetBlock, SheetContent, SheetField, SheetReturn
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.vigilance import Found, Topic, scan
from spip_desktop.forms.fields import FieldClass
from spip_desktop.forms.rules import RuleSet
from spip_desktop.forms.sheet import Block, FieldOnSheet, LetterheadForm, Only, PlaceOnSheet, SheetForm, Tick

#: Fields that the sheet prints on one line, in the order of reading.
_TOGETHER = (
    (("civilite", "nom", "prenom"), "Civilité, nom, prénom", " "),
    (("piece_identite", "piece_validite"), "Pièce d’identité", ", "),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TickChoice:
    """One tick of the person, and what the partner would read if it is made (empty: nothing is noted)."""

    code: str
    label: str
    ticked: bool
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who sends and who receives."""

    officer: Officer
    service: Service
    partner: Partner | None = None
    partner_service: PartnerService | None = None
    contact: PartnerContact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One prescription as a sheet: the form, what the dossier holds, who may read what."""

    form: SheetForm
    prescription: Prescription
    dossier: Dossier
    parties: Parties
    legal: bool
    rqth_band: bool

    @property
    def letterhead(self) -> LetterheadForm:
        return self.form.letterhead(self.prescription.letterhead) or self.form.letterheads[0]

    @property
    def referent(self) -> str:
        return referent(self.parties.officer.title)

    @property
    def inside(self) -> bool:
        return self.dossier.milieu is Milieu.CUSTODY

    @property
    def has_back(self) -> bool:
        """Whether the partner is asked to answer: as the letterhead says, or because the officer wants it."""
        return self.letterhead.returns or self.prescription.with_return

    # -- what may be read ------------------------------------------------------------------------------------

    def lets_out(self) -> LetsOut:
        """What the law and the ticks let leave."""
        fields = {code for tick in self._ticks() if tick.code in self.prescription.ticked for code in tick.fields}
        always = {one.field.code for one in self.form.fields() if one.always}
        return LetsOut(legal=self.legal, ticked=frozenset(fields), covered=frozenset(always | IDENTITY))

    def _tells_objective(self) -> bool:
        code = self.form.objective_field
        if not self.form.has_objective:
            return False
        return not code or self.lets_out().allows(code, FieldClass.AGREEMENT.value)

    def tick_choices(self) -> tuple[TickChoice, ...]:
        """The ticks that this person is asked for, with what each would show."""
        found, on_sheet = self._values(), {one.field.code for one in self.form.fields() if self.concerned(one)}
        if self.form.objective_field:
            on_sheet.add(self.form.objective_field)
            words = self.prescription.objective_words.strip()
            found = {**found, self.form.objective_field: (words,) if words else ()}
        return tuple(
            TickChoice(
                code=one.code,
                label=one.label,
                ticked=one.code in self.prescription.ticked,
                shows=tuple(text for field in one.fields if field in on_sheet for text in found.get(field, ())),
            )
            for one in self._ticks()
            if on_sheet & set(one.fields)
        )

    def _ticks(self) -> Iterator[Tick]:
        """Those that are asked: what the law lets out waits for none (design.md §2.5)."""
        return (one for one in self.form.ticks if not (one.law and self.legal))

    def _values(self) -> Values:
        return values(self.dossier, self.prescription.values, reference_label) | self._own_dates()

    def _own_dates(self) -> dict[str, tuple[str, ...]]:
        own = {"bilan_avant": self.prescription.report_wanted_by, "date_utile": self.prescription.useful_on}
        return {code: (dates.short(day),) for code, day in own.items() if day}

    def concerned(self, one: FieldOnSheet) -> bool:
        """Whether the field has its place on this sheet at all, whoever agrees."""
        if Only.CUSTODY in one.only and not self.inside:
            return False
        if Only.OFFICIAL in one.only and self.letterhead.neutral:
            return False
        return Only.RQTH_BAND not in one.only or self.rqth_band

    # -- the content -----------------------------------------------------------------------------------------

    def content(self) -> SheetContent:
        """All that the sheet says; the preview and the issued document are made from this and nothing else."""
        form, given, neutral = self.form, self.prescription, self.letterhead.neutral
        return SheetContent(
            code=form.code,
            title=form.title,
            sender=self._sender(),
            recipient=self._recipient(),
            asks=tuple(Ask(code=one.code, label=one.label, ticked=one.code in given.asks) for one in form.asks),
            objective=given.objective_words.strip() if self._tells_objective() else "",
            not_asked=form.not_asked_neutral if neutral else form.not_asked,
            blocks=tuple(block for one in form.blocks if (block := self._block(one))),
            agreement=form.agreement,
            foot=form.foot_legal if self.legal and not neutral else form.foot_agreement,
            answer=self._answer() if self.has_back else None,
            referent=self.referent,
            asks_title=form.asks_title,
            objective_label=form.objective_label,
            agreement_title=form.agreement_title,
            version=given.number,
            neutral=neutral,
            size=form.size,
        )

    def _block(self, block: Block) -> SheetBlock | None:
        allowed, found = self.lets_out(), self._values()
        shown = {
            one.field.code: (one, found[one.field.code])
            for one in block.fields
            if self.concerned(one)
            and one.field.code in found
            and allowed.allows(one.field.code, one.field.field_class.value)
        }
        sides: dict[PlaceOnSheet, list[SheetField]] = {place: [] for place in PlaceOnSheet}
        for code, (one, texts) in _together(shown).items():
            named = one.is_named_in(block)
            sides[one.place].append(
                SheetField(code=code, label=self._label(one), values=texts, note=one.note, named=named)
            )
        if not shown:
            return None
        return SheetBlock(
            code=block.code,
            title=block.title,
            left=tuple(sides[PlaceOnSheet.LEFT]),
            right=tuple(sides[PlaceOnSheet.RIGHT]),
            sentences=tuple(sides[PlaceOnSheet.SENTENCE]),
            half=block.half,
        )

    def _label(self, one: FieldOnSheet) -> str:
        if one.field.code == "naissance":
            return birth_label(self.dossier.person)
        if one.field.code == "commune_sortie" and not self.inside:
            return "Commune"
        return one.label

    # -- who writes to whom ----------------------------------------------------------------------------------

    def _sender(self) -> Letterhead:
        officer, service = self.parties.officer, self.parties.service
        signature = f"{self.referent.capitalize()}{NBSP}: {officer.signature(self.dossier.today)}"
        phone = officer.phone or service.phone
        lines = [signature, f"Ligne directe{NBSP}: {phone}" if phone else ""]
        if not self.letterhead.neutral:
            lines.append(officer.email or service.email)
        name = service.neutral_name if self.letterhead.neutral else f"{service.name}, {service.branch}"
        return _head(self.letterhead.sender, name, lines)

    def _recipient(self) -> Letterhead:
        parties = self.parties
        if parties.partner is None:
            return _head(self.letterhead.recipient, "Partenaire à choisir", [])
        lines = []
        if parties.contact and parties.contact.name:
            function = parties.contact.function or "Contact"
            lines.append(f"{function}{NBSP}: {parties.contact.name}")
        lines += [*self._meeting(), *self._where()]
        return _head(self.letterhead.recipient, parties.partner.name, lines)

    def _meeting(self) -> list[str]:
        day = self.prescription.meeting_on
        if day is None:
            return []
        service = self.parties.partner_service
        word = "Permanence" if self.inside and service and service.works_in_prison else "Rendez-vous"
        hour = f", {self.prescription.meeting_hour}" if self.prescription.meeting_hour else ""
        return [f"{word}{NBSP}: {dates.DAYS[day.weekday()]} {dates.short(day)}{hour}"]

    def _where(self) -> list[str]:
        if self.prescription.meeting_place:
            return [self.prescription.meeting_place]
        place = self.parties.partner_service or self.parties.partner
        if place is None or self.inside:
            return []
        return [place.address, f"{place.postal_code} {place.city}".strip()]

    def _answer(self) -> SheetReturn:
        form = self.form.answer
        return SheetReturn(
            title=form.title,
            send_before=dates.short(self.prescription.report_wanted_by),
            send_to=self._send_to(),
            parts=form.parts,
            signer=form.signer,
            foot=form.foot_neutral if self.letterhead.neutral else form.foot,
        )

    def _send_to(self) -> tuple[str, ...]:
        """A neutral sheet comes back by the person's hand: an address of ours would tell of the service."""
        officer, service = self.parties.officer, self.parties.partner_service
        if self.letterhead.neutral:
            return (self.form.answer.send_to_neutral,) if self.form.answer.send_to_neutral else ()
        if self.form.answer.send_to:
            return (self.form.answer.send_to,)
        to = [officer.email or self.parties.service.email]
        if self.inside and service and service.works_in_prison:
            to.append("ou à remettre à la permanence")
        return tuple(one for one in to if one)

    # -- words to read again ---------------------------------------------------------------------------------

    def words(self, topics: Iterable[Topic]) -> tuple[Found, ...]:
        """V15: the words of the dictionary in everything free that this sheet would print."""
        printed = {one.code: " / ".join(one.values) for one in self.content().fields()}
        given = self.prescription
        texts = {"objective_words": given.objective_words} if self.form.has_objective else {}
        texts |= {code: given.values[code] for code in self.typed() if code in given.values}
        texts |= {code: text for code, text in printed.items() if code in _FREE}
        if self.letterhead.neutral:
            texts["meeting_place"] = given.meeting_place
        return scan(texts, tuple(topics), neutral=self.letterhead.neutral)

    def typed(self) -> tuple[str, ...]:
        """The codes of the fields written on the sheet itself, in its order."""
        return tuple(one.field.code for one in self.form.fields() if one.field.typed)

    def prefilled(self, later: str) -> dict[str, str]:
        found, typed = prefilled(self.dossier, referent=self.referent, later=later), self.typed()
        return {code: text for code, text in found.items() if code in typed}


#: Free text of the dossier that a sheet prints as it is.
_FREE = frozenset({"dernier_diplome", "experiences", "langues", "permis_mobilite", "numerique", "deja_connu"})


def _together(
    shown: Mapping[str, tuple[FieldOnSheet, tuple[str, ...]]],
) -> dict[str, tuple[FieldOnSheet, tuple[str, ...]]]:
    """The fields to print, those that stand on one line joined under the first one's code."""
    joined = dict(shown)
    for codes, label, between in _TOGETHER:
        present = [code for code in codes if code in joined]
        if len(present) < 2:
            continue
        first, _ = joined[present[0]]
        text = between.join(" ".join(joined[code][1]) for code in present)
        joined[present[0]] = (replace(first, label=label), (text,))
        for code in present[1:]:
            del joined[code]
    return joined


def _head(heading: str, name: str, lines: Iterable[str]) -> Letterhead:
    return Letterhead(heading=heading, name=name, lines=tuple(one for one in lines if one))


def reference_label(kind: str, code: str) -> str:
    """The label of a code, or the text itself when it was typed freely."""
    return reference.load(kind).label(code) if code else ""


def partner_quartier(code: str) -> str:
    """The administrative category of the quartier that a partner may see; nothing for QD, QI, UDV, QPR, QLCO."""
    entry = reference.load("quartiers").get(code)
    return entry.label if entry and entry.flag("partner_visible") else ""


def nature_of(partner: Partner, service: PartnerService) -> PartnerNature:
    """The nature that counts for what is told: a health service is one whatever the structure says of itself."""
    kind = reference.load("partner_kinds").get(service.kind)
    health = kind is not None and kind.text("nature") == PartnerNature.HEALTH
    return PartnerNature.HEALTH if health else partner.nature


def usable(letterhead: LetterheadForm, milieu: Milieu | None) -> bool:
    """Whether the letterhead fits the milieu; where it is not known, only one that fits every milieu."""
    return milieu.value in letterhead.milieux if milieu else set(letterhead.milieux) >= {one.value for one in Milieu}


def topics() -> tuple[Topic, ...]:
    """The shipped dictionary of vigilance."""
    return tuple(
        Topic(
            code=one.code,
            label=one.label,
            because=one.text("because"),
            words=one.texts("words"),
            neutral_only=one.flag("neutral_only"),
        )
        for one in reference.load("vigilance").entries
    )


def thresholds(rules: RuleSet) -> Thresholds:
    """The figures of the dated rules that the nine conditions use."""
    known = {name: figure for name, figure in rules.figures.items() if name in Thresholds.__slots__}
    return Thresholds(**known)


def limits(form: SheetForm) -> Limits:
    typed = {one.field.code: one.field.max_length for one in form.fields() if one.field.typed}
    return Limits(
        asks=frozenset(one.code for one in form.asks),
        has_objective=form.has_objective,
        recipient=lowered(form.recipient_label),
        max_asks=form.max_asks,
        objective_max=form.objective_max,
        value_max=typed,
    )


__all__ = ["Parties", "Sheet", "TickChoice", "limits", "partner_quartier", "thresholds", "topics", "usable"]
