"""A service rewords a sheet and adds one, without code: checked, previewed, kept; old sheets keep their own copy."""

from uuid import UUID

import pytest

from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Role
from spip_desktop.domain.partner import PartnerNature
from spip_desktop.forms import sheet as sheets
from spip_desktop.paths import resource
from spip_desktop.services.context import Context
from spip_desktop.services.partner import PartnerDirectory
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.services.sheet_library import SheetLibrary
from tests.prescription_fixtures import MissionsLocales, complete

#: The version of our sheet to the missions locales.
OURS = sheets.shipped("mission_locale").version

#: The version of our sheet to the missions locales.
OURS = sheets.shipped("mission_locale").version


@pytest.fixture
def library(context: Context) -> SheetLibrary:
    return SheetLibrary(context)


def shipped(code: str) -> str:
    return resource("sheets", f"{code}.toml").read_text("utf-8")


def reworded(library: SheetLibrary, before: str, after: str, code: str = "mission_locale") -> bytes:
    text = library.model(code).decode()
    assert before in text
    return text.replace(before, after).encode()


def own_sheet(code: str = "mediation", kind: str = "point_justice") -> bytes:
    text = (
        shipped("generique")
        .replace('code = "generique"', f'code = "{code}"')
        .replace(f"version = {sheets.shipped('generique').version}\n", "version = 1000\n")
    )
    text = text.replace('natures = ["droit_commun", "mandate", "interne_penitentiaire"]', f'recipients = ["{kind}"]')
    return text.replace('title = "Fiche de prescription"', 'title = "Demande de médiation"').encode()


def wrong(library: SheetLibrary, content: bytes) -> Refusal:
    with pytest.raises(Refusal) as preview:
        library.preview(content, "essai.toml")
    with pytest.raises(Refusal) as install:
        library.install(content, "essai.toml")
    assert preview.value.problems == install.value.problems
    return install.value


def test_a_service_rewords_a_sheet_and_drafts_follow_it_at_once(
    library: SheetLibrary, prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, context: Context
) -> None:
    before = complete(prescriptions, loic)
    prescriptions.course.make_ready(before)
    paper = prescriptions.papers.issued(before).content
    draft = prescriptions.draft.start(loic)
    content = reworded(library, "Ce que nous vous demandons", "Notre demande")
    found = library.preview(content, "ml.toml")
    assert found.version == 1000
    assert found.replaces.endswith(f"version {OURS}")
    assert "Sortie prévisible" in found.by_law
    assert "Langues" in found.by_agreement
    assert prescriptions.papers.content(draft).asks_title == "Ce que nous vous demandons"  # looking changes nothing
    library.install(content, "ml.toml")
    assert prescriptions.papers.content(draft).asks_title == "Notre demande"
    # The ready sheet is read, and sent again, through its own copy.
    assert prescriptions.papers.content(before).asks_title == "Ce que nous vous demandons"
    assert prescriptions.papers.issued(before).content == paper
    assert prescriptions.view(before).prescription.sheet_version == OURS
    with context.store.reading() as tx:
        acts = [line.act for line in journal.lines_about(tx.connection, library_own(library))]
    assert acts == ["install_sheet"]


def library_own(library: SheetLibrary) -> UUID:
    (own,) = [one.own_id for one in library.lines() if one.own_id]
    return own


def test_a_sheet_made_ready_with_the_services_version_outlives_its_withdrawal(
    library: SheetLibrary, prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    library.install(reworded(library, "Ce que nous vous demandons", "Notre demande"), "ml.toml")
    sheet = complete(prescriptions, loic)
    prescriptions.course.make_ready(sheet)
    library.withdraw(library_own(library))
    view = prescriptions.view(sheet)
    assert view.prescription.sheet_version == 1000
    assert view.paper_ticks
    assert prescriptions.papers.content(sheet).asks_title == "Notre demande"
    assert {one.version for one in library.lines() if one.code == "mission_locale"} == {OURS}
    # The number of a withdrawn version is never used again.
    assert b"version = 1001\n" in library.model("mission_locale")


def test_a_service_adds_a_sheet_that_its_partners_then_make(
    library: SheetLibrary, prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, context: Context
) -> None:
    directory = PartnerDirectory(context)
    partner = directory.add("Point-justice de Valbrune", kind="point_justice")
    directory.save_fields(partner, {"nature": PartnerNature.COMMON_LAW})

    def made() -> str:
        return next(one.sheet for one in prescriptions.offers.to(loic) if one.partner_id == partner)

    assert made() == "generique"
    own = library.install(own_sheet(), "mediation.toml")
    assert made() == "mediation"
    service = directory.get(partner).value.services[0].id
    draft = prescriptions.draft.start(loic, sheet="mediation", service_id=service)
    assert prescriptions.papers.content(draft).title == "Demande de médiation"
    library.withdraw(own)
    assert made() == "generique"
    assert prescriptions.papers.content(draft).title == "Fiche de prescription"  # a draft follows what is in use


@pytest.mark.parametrize("code", ["infraction", "sante", "numero_ecrou", "composition", "heures", "confidence"])
def test_a_field_of_class_c_is_refused_with_its_file_line_and_reason(library: SheetLibrary, code: str) -> None:
    content = reworded(library, 'field = "nom"', f'field = "{code}"')
    refusal = wrong(library, content)
    (problem,) = refusal.problems
    assert problem.code == "sheet_file_wrong"
    assert "classe C" in str(problem.data["why"])
    assert f'"{code}"' in content.decode().splitlines()[int(str(problem.data["line"])) - 1]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("version = 1000", "version = 4", "sheet_version_wrong"),
        ('recipients = ["mission_locale"]', 'recipients = ["mission_lunaire"]', "sheet_partner_unknown"),
        ('rules = "mission_locale"', 'rules = "aucune"', "sheet_rules_unknown"),
        ('recipients = ["mission_locale"]', "recipients = []", "sheet_for_nobody"),
        ('title = "Fiche', 'titre = "Fiche', "sheet_file_wrong"),
        ("Un refus n’est pas une sanction.", "Service pénitentiaire.", "sheet_file_wrong"),
        ("Je peux retirer", "Je peux retirer " + "et dire encore " * 400, "sheet_too_long"),
    ],
)
def test_what_cannot_be_used_is_refused_before_it_is_kept(
    library: SheetLibrary, context: Context, before: str, after: str, code: str
) -> None:
    commits = context.store.commits
    assert wrong(library, reworded(library, before, after)).code == code
    assert context.store.commits == commits
    assert not [one for one in library.lines() if one.own_id]


def test_a_file_that_is_no_sheet_is_refused(library: SheetLibrary) -> None:
    for content in (b"", b"\xff\xfe", b"<html>", b'code = "x"\n'):
        assert wrong(library, content).code == "sheet_file_wrong"


def test_the_same_version_is_not_taken_twice(library: SheetLibrary) -> None:
    content = reworded(library, "Ce que nous vous demandons", "Notre demande")
    library.install(content, "ml.toml")
    assert wrong(library, content).code == "sheet_version_wrong"


@pytest.mark.parametrize("form", sheets.every_shipped(), ids=[one.code for one in sheets.every_shipped()])
def test_the_model_of_every_sheet_can_be_taken_back_as_it_is(library: SheetLibrary, form: sheets.SheetForm) -> None:
    """Whatever the length of its content: the check draws the longest."""
    found = library.preview(library.model(form.code), f"{form.code}.toml")
    assert (found.title, found.version) == (form.title, 1000)
    assert found.paper.startswith(b"%PDF")


def test_only_who_sets_the_service_may(library: SheetLibrary, context: Context) -> None:
    from tests.services.test_rights import as_role

    as_role(context, Role.CPIP, dpip=True)
    assert not library.may_set()
    for act in (library.lines, lambda: library.model("social"), lambda: library.install(own_sheet(), "x")):
        with pytest.raises(Refusal):
            act()
