"""What a partner answers: the fields of every shipped sheet, and what is believed of what was written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import TYPED, read_answer_code, read_sheet_number
from spip_desktop.domain.sheet import Answer, AnswerKind, AnswerPart, AnswerValue, SheetReturn
from spip_desktop.domain.sheet_answer import AnswerField, AnswerFieldKind, checked, checked_all, fields_of, told
from spip_desktop.forms import sheet as sheets
from spip_desktop.wording import sentence

TODAY = date(2026, 11, 22)


def answer_of(code: str) -> SheetReturn:
    form = sheets.shipped(code).answer
    return SheetReturn(title=form.title, parts=form.parts, signer=form.signer)


def field_of(kind: AnswerFieldKind) -> AnswerField:
    return AnswerField(code="r1_1", kind=kind, label="Depuis le", part="Suite", options=(("1", "oui"), ("2", "non")))


@pytest.mark.parametrize("form", sheets.every_shipped(), ids=lambda form: form.code)
def test_every_line_and_box_of_a_sheet_has_one_field(form: sheets.SheetForm) -> None:
    fields = fields_of(answer_of(form.code))
    codes = [one.code for one in fields]
    assert len(codes) == len(set(codes)), "a code names one field"
    assert all("." not in code for code in codes), "a dot would make a PDF field the child of another"
    labels = {label for part in form.answer.parts for one in part.answers for label in one.labels}
    said = {one.label for one in fields} | {words for one in fields for _, words in one.options}
    assert labels | set(form.answer.signer) <= said


def test_the_lines_of_the_mission_locale_are_dates_numbers_and_boxes() -> None:
    by_label = {one.label: one.kind for one in fields_of(answer_of("mission_locale"))}
    assert by_label["Fiche reçue le"] is AnswerFieldKind.DATE
    assert by_label["Honorés, nombre"] is AnswerFieldKind.NUMBER
    assert by_label["Suite donnée"] is AnswerFieldKind.TICKS
    assert by_label["orienté vers"] is AnswerFieldKind.TEXT
    assert by_label["Prochaines étapes"] is AnswerFieldKind.NOTE


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (AnswerFieldKind.DATE, "12/1/27", "2027-01-12"),
        (AnswerFieldKind.NUMBER, "07", "7"),
        (AnswerFieldKind.TICKS, "2 1", "1 2"),
        (AnswerFieldKind.TEXT, "  Zoé Le Goff, œuvre à l’essai ", "Zoé Le Goff, œuvre à l’essai"),
        (AnswerFieldKind.NOTE, "Un\r\nDeux\rTrois", "Un\nDeux\nTrois"),
        (AnswerFieldKind.TEXT, "   ", ""),
    ],
)
def test_what_is_kept_of_what_was_written(kind: AnswerFieldKind, typed: str, kept: str) -> None:
    assert checked(field_of(kind), typed, TODAY) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (AnswerFieldKind.DATE, "mardi en huit", "answer_date"),
        (AnswerFieldKind.DATE, "31/02/2027", "answer_date"),
        (AnswerFieldKind.DATE, "12/01/2050", "answer_far"),
        (AnswerFieldKind.NUMBER, "beaucoup", "answer_number"),
        (AnswerFieldKind.NUMBER, "1000", "answer_number"),
        (AnswerFieldKind.NUMBER, "٣", "answer_number"),
        (AnswerFieldKind.TICKS, "3", "answer_box"),
        (AnswerFieldKind.TEXT, "a" * 121, "too_long"),
        (AnswerFieldKind.TEXT, "ok\x07", "control_signs"),
        (AnswerFieldKind.TEXT, "ok\x9b", "control_signs"),
    ],
)
def test_what_is_refused_says_why(kind: AnswerFieldKind, typed: str, code: str) -> None:
    with pytest.raises(Refusal) as found:
        checked(field_of(kind), typed, TODAY)
    assert (found.value.code, found.value.problems[0].field) == (code, "r1_1")
    assert sentence(found.value)


@given(st.sampled_from(list(AnswerFieldKind)), st.text(max_size=300))
def test_anything_written_is_kept_by_its_rule_or_refused(kind: AnswerFieldKind, typed: str) -> None:
    field = field_of(kind)
    found = checked_all((field,), {"r1_1": typed, "another": "dropped"}, TODAY)
    assert set(found.values) <= {"r1_1"}
    for value in found.values.values():
        assert checked(field, value, TODAY) == value, "what is kept is kept again as it is"
        assert told(field, value)


def test_codes_are_read_as_they_are_typed_or_scanned() -> None:
    assert read_answer_code("f7k 3qx") == read_answer_code("F7K-3QX") == "F7K3QX"
    assert set("F7K3QX") <= set(TYPED)
    assert read_answer_code("F7K3Q") == read_answer_code("F7K3Q0") == read_answer_code("dupont") == ""
    assert read_sheet_number("AAAAAAAA") == ""


def test_days_and_numbers_that_bound_one_another_are_kept_together_or_refused_with_the_label_of_the_other() -> None:
    line = Answer(
        kind=AnswerKind.BLANKS, labels=("Reçue le", "Du", "Au", "Proposés", "Honorés"), past=("Reçue le",),
        values=(AnswerValue.DATE, AnswerValue.DATE, AnswerValue.DATE, AnswerValue.NUMBER, AnswerValue.NUMBER),
        up_to={"Du": "Au", "Honorés": "Proposés"},
    )  # fmt: skip
    fields = fields_of(SheetReturn(title="Retour", parts=(AnswerPart(title="Suivi", answers=(line,)),), signer=()))
    names = ("received", "since", "until", "offered", "kept")
    codes = dict(zip(names, (field.code for field in fields), strict=True))

    def problems(**typed: str) -> list[tuple[str, str]]:
        found = checked_all(fields, {codes[name]: words for name, words in typed.items()}, TODAY)
        assert all(sentence(one) for one in found.problems)
        return [(one.code, str(one.data.get("label", ""))) for one in found.problems]

    assert problems(received="22/11/2026", since="01/11/2026", until="01/11/2026", offered="10", kept="9") == []
    assert problems(received="23/11/2026") == [("answer_to_come", "")]
    assert problems(since="02/11/2026", until="01/11/2026") == [("answer_above", "Au")]
    assert problems(offered="9", kept="10") == [("answer_above", "Proposés")]
    assert problems(since="02/11/2026", kept="10") == []  # the other is not told: nothing to compare with
