"""What changed on the page, sent to the services: one small save a step, drafts for what is not accepted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from spip_desktop.domain import dates
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.evaluation import ExploredField
from spip_desktop.domain.text import NBSP
from spip_desktop.services.evaluation_ground import STEP_DRAFTS
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.elsewhere import MARK, contested, stored_now
from spip_desktop.ui.evaluation.finding_saving import FindingSaver, is_of_finding
from spip_desktop.ui.evaluation.step_view import StepView
from spip_desktop.ui.fields import Field, ParsedField
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

#: Why no need is kept; what is chosen and not typed has no draft.
NO_NEED = "no_need_reason"
_NO_TEXT = ("rulers", "marks", "said_how")
_DATES = ("again_on", "noted_on", "said_on")


class StepSaver:
    """Saves one step on the screen. `locks` are those read with the page, brought up to date by each save."""

    def __init__(self, services: Services, view: EvaluationView, shown: StepView) -> None:
        self._services, self._shown = services, shown
        self._evaluation_id, self._lock = view.evaluation.id, view.lock
        self._field_id = view.fields[shown.step.code].value.id
        self._field_lock = view.fields[shown.step.code].lock
        self._findings = FindingSaver(services, view, shown)
        self._kept: set[str] = set()
        self._known = view.fields[shown.step.code].value  # as last read or saved
        self.contested: set[str] = set()

    def take_locks(self, view: EvaluationView) -> None:
        """The locks as they are after an act other than an autosave."""
        self._lock, self._field_lock = view.lock, view.fields[self._shown.step.code].lock
        self._findings.take_locks(view)

    def show_drafts(self) -> frozenset[str]:
        """Put back what was typed and not accepted; returns the codes to try again."""
        found = {one.field: one.text for one in self._services.desk.of(STEP_DRAFTS, self._field_id)}
        marked = {code for code in found if code.startswith(MARK)}
        found = {code: text for code, text in found.items() if code not in marked}
        self.contested = {code.removeprefix(MARK) for code in marked} & found.keys()
        self._kept = set(found)
        for code, text in found.items():
            if code == "note":
                self._shown.note.editor.set_note(text, self._shown.note.editor.marks())
            elif code in _DATES:
                self._date(code).set_raw_text(text)
            elif code == "state":
                self._shown.state.set_value(text)
            elif code == NO_NEED and self._shown.analysis:
                self._shown.analysis.no_need.set_raw_text(text)
            elif group := self._shown.group_of(code):
                group.set_draft(code, text)
        return frozenset(found.keys() - self.contested) | self._findings.show_drafts()

    def save(self, codes: frozenset[str]) -> datetime | None:
        """Send what changed; returns the time of the commit."""
        at = self._findings.save(codes)
        if NO_NEED in codes and self._shown.analysis:
            at = self._save_no_need(self._shown.analysis.no_need)
        step = {code for code in codes if not is_of_finding(code) and code != NO_NEED}
        return self._save_step(step) if step else at

    def _save_no_need(self, field: Field) -> datetime:
        """Why no need is kept: said of the evaluation, typed in its analysis."""
        saved = self._services.evaluations.draft.save(self._evaluation_id, {NO_NEED: field.value()}, self._lock)
        self._lock = saved.lock
        field.set_problem(_first(saved.refused))
        refused = {NO_NEED: field.raw_text()} if saved.refused else {}
        self._keep_drafts(refused, () if refused else (NO_NEED,))
        return saved.at

    # -- the step ----------------------------------------------------------------------------------------------

    def _save_step(self, codes: set[str]) -> datetime | None:
        if here := codes & self.contested:  # typed over another value: it waits for a choice
            self._keep_drafts({code: self._raw(code) for code in here}, ())
            codes = codes - self.contested
        if not codes:
            return None
        unread = {code: text for code in codes if (text := self._unread(code)) is not None}
        if "note" in codes:
            codes |= {"marks"}
        changes = {code: self._value(code) for code in codes - unread.keys()}
        try:
            saved = self._services.evaluations.draft.save_step(self._field_id, changes, self._field_lock)
        except Refusal as refusal:
            return self._meet(refusal, codes, changes)
        self._field_lock = saved.lock
        refused = {one.field: one for one in saved.refused}
        self._known = _with(self._known, {code: value for code, value in changes.items() if code not in refused})
        for code in changes:
            self._say(code, refused.get(code))
        if changes.get("noted_on") and "noted_on" not in refused:
            self._date_what_follows(changes["noted_on"])
        self._keep_drafts(unread | {code: self._raw(code) for code in refused}, changes.keys() - refused.keys())
        return saved.at

    # -- saved elsewhere since ---------------------------------------------------------------------------------

    def _meet(self, refusal: Refusal, codes: set[str], changes: Mapping[str, object]) -> datetime | None:
        """What only one hand changed is saved; the rest waits as a draft, and the refusal goes to the page."""
        current = stored_now(refusal)
        if current is None:
            raise refusal
        now = current.value
        both = contested(_values(self._known, changes), _values(now, changes), changes)
        if both & {"note", "marks"}:
            both |= {"note"}
        self._known, self._field_lock = now, current.lock
        self.contested |= both - {"marks"}
        at = self._save_step(codes - both - ({"marks"} if "note" in both else set()))
        if not both:
            return at
        texts = {code: self._raw(code) for code in both - {"marks"}}
        self._keep_drafts(texts | {f"{MARK}{code}": "" for code in texts}, ())
        raise refusal

    def other_words(self) -> str:
        """The values written elsewhere over which something is typed here."""
        said = (_values(self._known, [code])[code] for code in sorted(self.contested))
        return ", ".join(f"«{NBSP}{_words(one)}{NBSP}»" if _words(one) else "rien" for one in said)

    def settle(self, *, mine: bool) -> datetime | None:
        """The officer chose between their text and what was written elsewhere."""
        codes, self.contested = self.contested, set()
        for code in codes:
            for field in (code, f"{MARK}{code}"):
                self._services.desk.drop(STEP_DRAFTS, self._field_id, field)
                self._kept.discard(field)
        return self._save_step(set(codes)) if mine else None

    def _date_what_follows(self, day: object) -> None:
        """The notes begun from now on come from the same interview."""
        draft = self._services.evaluations.draft
        self._lock = draft.save(self._evaluation_id, {"interview_on": day}, self._lock).lock

    def _value(self, code: str) -> object:
        note = self._shown.note.editor
        own: dict[str, object] = {"note": note.text(), "marks": note.marks(), "state": self._shown.state.value()}
        if code in own:
            return own[code]
        if code in _DATES:
            found = self._date(code).value()
            return found if isinstance(found, date) else None
        if code in _OWN_WORDS and self._shown.own:
            own_words = self._shown.own
            return own_words.use_rulers.isChecked() if code == "rulers" else own_words.said.value(code)
        return self._shown.answer(code)

    def _date(self, code: str) -> ParsedField:
        if code == "said_on" and self._shown.own:
            found = self._shown.own.said.field(code)
            assert isinstance(found, ParsedField)
            return found
        return self._shown.again if code == "again_on" else self._shown.noted_on

    def _unread(self, code: str) -> str | None:
        """The text of a field that cannot be read yet."""
        if code in _DATES:
            return None if self._date(code).parses() else self._date(code).raw_text()
        group = self._shown.group_of(code)
        found = group.unread(code) if group else None
        return found.text if found else None

    def _raw(self, code: str) -> str:
        if code == "note":
            return self._shown.note.editor.text()
        if code in _DATES:
            return self._date(code).raw_text()
        if code == "state":
            return str(self._shown.state.value())
        if code == NO_NEED and self._shown.analysis:
            return self._shown.analysis.no_need.raw_text()
        group = self._shown.group_of(code)
        return group.raw_text(code) if group else ""

    def _say(self, code: str, problem: Problem | None) -> None:
        """The sentence beside the field, or nothing."""
        words = sentence(problem) if problem else ""
        if code == "note":
            self._shown.note.set_problem(words)
        elif code in _DATES:
            self._date(code).set_problem(words or None)
        elif group := self._shown.group_of(code):
            group.set_problem(code, words or None)

    def drafts_of(self, codes: Iterable[str]) -> list[Draft]:
        """The text of the step's fields and of its findings, for when they cannot be saved."""
        typed = [one for one in codes if not is_of_finding(one) and one not in _NO_TEXT]
        own = [Draft(STEP_DRAFTS, self._field_id, one, self._raw(one)) for one in typed]
        return own + self._findings.drafts_of(codes)

    def _keep_drafts(self, refused: dict[str, str], accepted: Iterable[str]) -> None:
        if refused:
            self._services.desk.keep([Draft(STEP_DRAFTS, self._field_id, code, text) for code, text in refused.items()])
        for code in self._kept & set(accepted):
            self._services.desk.drop(STEP_DRAFTS, self._field_id, code)
        self._kept = (self._kept - set(accepted)) | refused.keys()


_OWN_WORDS = ("rulers", "said_how")
_OWN = ("note", "marks", "state", *_DATES, *_OWN_WORDS)


def _values(field: ExploredField, codes: Iterable[str]) -> dict[str, object]:
    """What a step holds under these codes; what nobody answered is as an empty answer."""
    return {code: getattr(field, code) if code in _OWN else field.answers.get(code) for code in codes}


def _with(field: ExploredField, changes: Mapping[str, object]) -> ExploredField:
    own = {code: value for code, value in changes.items() if code in _OWN}
    answers = {code: value for code, value in changes.items() if code not in _OWN}
    return replace(field, **own, answers={**field.answers, **answers})  # type: ignore[arg-type]


def _words(value: object) -> str:
    return dates.short(value) if isinstance(value, date) else str(value or "")


def _first(problems: Iterable[Problem]) -> str | None:
    return next((sentence(one) for one in problems), None)
