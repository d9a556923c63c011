"""The PDF that leaves by a named act and comes back: of this sheet, of its version, its values and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.filled_form import IDENTITY, line_of, read_line
from spip_desktop.domain.ids import check_sign
from spip_desktop.domain.prescription_states import Agreement, SheetState
from spip_desktop.services.context import Context
from spip_desktop.services.prescription import PrescriptionService, Told
from spip_desktop.wording import sentence
from tests import form_fixtures
from tests.prescription_fixtures import MissionsLocales, complete
from tests.rigs import pdfjs
from tests.services.test_prescription_return import TODAY, hand_over


@pytest.fixture
def given(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> UUID:
    return hand_over(prescriptions, complete(prescriptions, loic))


@pytest.fixture
def form(prescriptions: PrescriptionService, given: UUID, tmp_path: Path) -> Path:
    place = tmp_path / prescriptions.forms.name(given)
    prescriptions.forms.save(given, place)
    return place


def acts(context: Context, prescription_id: UUID) -> list[str]:
    with context.store.reading() as tx:
        return [line.act for line in journal.lines_about(tx.connection, prescription_id)]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as found:
        act()
    assert sentence(found.value)
    return found.value.code


def change(form: Path, how: Callable[[Pdf], object]) -> Path:
    changed = form.with_name("changed.pdf")
    with Pdf.open(form) as pdf:
        how(pdf)
        pdf.save(changed)
    return changed


def with_identity(form: Path, line: Callable[[str], str]) -> Path:
    def put(pdf: Pdf) -> None:
        field = next(one for one in pdf.Root.AcroForm.Fields if one.T == IDENTITY)
        field.V = String(line(str(field.V)))

    return change(form, put)


def _with(line: str, **other: Any) -> str:
    return line_of(replace(read_line(line), **other))


# -- it leaves -----------------------------------------------------------------------------------------------


def test_the_file_bears_its_code_and_says_nothing_of_the_person(
    prescriptions: PrescriptionService, context: Context, given: UUID, form: Path
) -> None:
    assert form.name == f"retour-{prescriptions.view(given).prescription.answer_code}.pdf"
    with Pdf.open(form) as pdf:
        assert {str(value) for value in pdf.docinfo.values()} == {"Retour de la mission locale"}
    assert acts(context, given)[-1] == "save_form"


def test_a_place_that_takes_no_file_is_told_and_written_in_the_journal(
    prescriptions: PrescriptionService, context: Context, given: UUID, tmp_path: Path
) -> None:
    assert refused(lambda: prescriptions.forms.save(given, tmp_path / "none" / "a.pdf")) == "file_not_written"
    assert acts(context, given)[-2:] == ["save_form", "save_form_failed"]


def test_it_leaves_once_the_person_agreed_and_while_an_answer_may_come(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, tmp_path: Path
) -> None:
    forms, sheet, place = prescriptions.forms, complete(prescriptions, loic), tmp_path / "a.pdf"
    assert not forms.may_leave(sheet)
    assert refused(lambda: forms.save(sheet, place)) == "form_not_now"
    prescriptions.course.make_ready(sheet)
    assert refused(lambda: forms.save(sheet, place)) == "form_not_now"
    prescriptions.course.note_agreement(sheet, Agreement.YES, TODAY)
    assert forms.may_leave(sheet)
    prescriptions.course.hand_over(sheet, TODAY, "permanence")
    prescriptions.returns.note(sheet, SheetState.REFUSED, TODAY, Told(detail={"reason": "complet", "tells": "cpip"}))
    assert not forms.may_leave(sheet)
    assert not place.exists()


# -- it comes back -------------------------------------------------------------------------------------------


def test_what_a_partner_typed_in_a_browser_comes_back_and_is_noted(
    prescriptions: PrescriptionService, context: Context, given: UUID, form: Path, tmp_path: Path
) -> None:
    filled, _ = pdfjs.fill(form.read_bytes(), form_fixtures.TYPED, tmp_path)
    form.write_bytes(filled)
    read = prescriptions.forms.read(given, form)
    assert read.problems == ()
    assert read.typed["r2_1"] == "1"
    assert acts(context, given)[-1] == "read_form"
    prescriptions.returns.note(given, SheetState.REPORTED, TODAY, Told(known_by="pdf", answers=read.typed))
    detail = prescriptions.view(given).events[-1].detail
    assert detail["r6_1"] == "Présente à l’heure, a tenu.\nÀ revoir : garçon, œuvre, Œdème, 12 €."
    assert (detail["r1_1_2"], detail["signe_1"]) == ("2027-01-12", "Zoé Le Goff-N’Diaye")


def test_an_answer_that_cannot_be_kept_is_named_and_the_others_are_read(
    prescriptions: PrescriptionService, given: UUID, form: Path, tmp_path: Path
) -> None:
    typed = {"r1_1_2": "un mardi", "r3_1_3": "beaucoup", "signe_1": "Zoé\x07", "r4_2_1": "CAP"}
    filled, _ = pdfjs.fill(form.read_bytes(), typed, tmp_path)
    form.write_bytes(filled)
    read = prescriptions.forms.read(given, form)
    assert {one.field: one.code for one in read.problems} == {
        "r1_1_2": "answer_date", "r3_1_3": "answer_number", "signe_1": "control_signs",
    }  # fmt: skip
    assert read.typed["r4_2_1"] == "CAP"


def test_the_control_the_form_as_it_left_is_read(prescriptions: PrescriptionService, given: UUID, form: Path) -> None:
    assert set(prescriptions.forms.read(given, form).typed.values()) == {""}


def test_a_form_of_another_sheet_an_unknown_one_or_another_version_is_refused(
    prescriptions: PrescriptionService, context: Context, given: UUID, form: Path, loic: UUID, tmp_path: Path
) -> None:
    other = hand_over(prescriptions, complete(prescriptions, loic))
    assert refused(lambda: prescriptions.forms.read(other, form)) == "form_other"
    unknown = "7K3M9QX" + check_sign("7K3M9QX")
    elsewhere = with_identity(form, lambda line: line_of(replace(read_line(line), number=unknown)))
    assert refused(lambda: prescriptions.forms.read(given, elsewhere)) == "form_unknown"
    code = with_identity(form, lambda line: line_of(replace(read_line(line), answer_code="F7K3QX")))
    assert refused(lambda: prescriptions.forms.read(given, code)) == "form_unknown"
    for how in ({"sheet_code": "formation"}, {"sheet_version": 3}):
        version = with_identity(form, partial(_with, **how))
        assert refused(partial(prescriptions.forms.read, given, version)) == "form_version"
    assert "read_form" not in acts(context, given), "what is refused was not read"


def test_any_filled_form_finds_its_sheet_by_what_it_bears(
    prescriptions: PrescriptionService, given: UUID, form: Path, loic: UUID, tmp_path: Path
) -> None:
    other = hand_over(prescriptions, complete(prescriptions, loic))
    prescriptions.forms.save(other, tmp_path / "other.pdf")
    form = form.rename(tmp_path / "sous un autre nom.pdf")
    assert prescriptions.forms.sheet_of(form) == given
    assert prescriptions.forms.sheet_of(tmp_path / "other.pdf") == other
    code = with_identity(form, lambda line: line_of(replace(read_line(line), answer_code="F7K3QX")))
    assert refused(lambda: prescriptions.forms.sheet_of(code)) == "form_unknown"


def test_a_changed_mark_is_refused(prescriptions: PrescriptionService, given: UUID, form: Path) -> None:
    changed = with_identity(form, lambda line: line.replace("mission_locale ", "mission_locale 1"))
    assert refused(lambda: prescriptions.forms.read(given, changed)) == "form_checksum"


def test_a_form_with_a_field_more_or_a_field_less_is_refused(
    prescriptions: PrescriptionService, given: UUID, form: Path
) -> None:
    def more(pdf: Pdf) -> None:
        pdf.Root.AcroForm.Fields.append(Dictionary(T=String("r9_1"), FT=Name.Tx, V=String("x")))

    def less(pdf: Pdf) -> None:
        pdf.Root.AcroForm.Fields = Array([one for one in pdf.Root.AcroForm.Fields if one.T != "r6_1"])
        del pdf.pages[0].obj.Annots

    for how in (more, less):
        path = change(form, how)
        assert refused(partial(prescriptions.forms.read, given, path)) == "form_fields"


def test_a_box_that_is_neither_on_nor_off_is_refused(
    prescriptions: PrescriptionService, given: UUID, form: Path
) -> None:
    def tick(pdf: Pdf) -> None:
        next(one for one in pdf.Root.AcroForm.Fields if one.T == "r2_1_c1").V = Name("/PeutEtre")

    assert refused(lambda: prescriptions.forms.read(given, change(form, tick))) == "answer_box"


def test_a_file_that_is_gone_is_unreadable(prescriptions: PrescriptionService, given: UUID, tmp_path: Path) -> None:
    assert refused(lambda: prescriptions.forms.read(given, tmp_path / "none.pdf")) == "form_unreadable"
