"""What leaves and what does not: the content of the sheet, for this dossier and for random ones."""

import dataclasses
import subprocess
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spip_desktop.db.person import PERSONS
from spip_desktop.domain.disclosure import Dossier, values
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.person import Address, IdentityDocument, Person, PhoneState, Preparation
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.sheet import SheetContent, leaks
from spip_desktop.forms import sheet as sheets
from spip_desktop.forms.fields import FieldClass, shipped
from spip_desktop.services.context import Context
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.services.prescription_sheet import Parties, Sheet, partner_quartier, reference_label
from tests.prescription_fixtures import EVERY_TICK, MissionsLocales, complete
from tests.store_fixtures import make_officer, make_service

FORM = sheets.shipped("mission_locale")
IDENTITY = {"civilite", "nom", "prenom"}
READABLE = shipped().read_by(FORM.recipients)


#: Carried through: a sheet that names neither service nor justice must keep it to itself.
PREPARATION = Preparation(id=UUID(int=7), person_id=UUID(int=1), ends=date(2026, 11, 1), state="terminee")


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def codes(content: SheetContent) -> set[str]:
    return {one.code for one in content.fields()}


def test_detained_and_under_26_the_law_lets_out_identity_and_release_without_a_tick(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    id_ = complete(prescriptions, loic, ticked=())
    shown = codes(prescriptions.papers.content(id_))
    assert shown == {
        "civilite", "piece_identite", "sortie_prevue", "permission_possible",
    }  # fmt: skip
    assert prescriptions.papers.content(id_).objective == ""
    assert prescriptions.papers.content(id_).foot == FORM.foot_legal


def test_from_26_on_everything_waits_for_a_tick(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, context: Context
) -> None:
    with context.store.transaction(context.actor, "test") as tx:
        person = PERSONS.get(tx, loic)
        keys = {"sort_key": "", "birth_key": "", "usual_key": ""}
        older = dataclasses.replace(person, birth_date=date(1999, 3, 14), rqth_status="oui")
        PERSONS.save(tx, older, also=keys)
    id_ = complete(prescriptions, loic, ticked=())
    assert codes(prescriptions.papers.content(id_)) == {"civilite"}
    assert prescriptions.papers.content(id_).foot == FORM.foot_agreement
    assert {"piece", "sortie", "rqth"} <= {one.code for one in prescriptions.view(id_).ticks}
    prescriptions.draft.save_fields(id_, {"ticked": ("piece", "rqth")})
    assert {"piece_identite", "rqth"} <= codes(prescriptions.papers.content(id_))


def test_the_whole_sheet_reads_as_the_reference(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    content = prescriptions.papers.content(complete(prescriptions, loic))
    said = {one.code: (one.label, *one.values) for one in content.fields()}
    assert said["civilite"] == ("Civilité, nom, prénom", "Monsieur PERRIN Loïc")
    assert said["naissance"] == ("Né le", "14/03/2004")
    assert said["sortie_prevue"][1] == "juin 2027"
    assert said["permission_possible"][1] == "mars 2027"
    assert said["bilan_avant"][1] == "07/01/2027"
    assert said["date_utile"][1] == "28/01/2027"
    assert said["joindre_maintenant"][1] == "par la référente"
    assert said["joindre_apres"][1] == "06 39 98 45 12"
    assert said["ml_sortie"][1] == "Orsanne et vallées"
    assert said["piece_identite"][1] == "carte nationale d’identité, en renouvellement"
    assert said["permis_mobilite"][1] == "sans permis, bus"
    assert said["deja_connu"][1] == "oui, Orsanne"
    assert said["experiences"][1:] == ("plongeur, 8 mois", "manutentionnaire, 5 mois", "commis de cuisine, 3 mois")
    assert content.sender.name == "SPIP, antenne de Valbrune"
    assert [one.replace("\u00a0", " ") for one in content.recipient.lines] == [
        "Conseiller : Hugo Marchetti", "Permanence : mardi 22/12/2026, 9 h 30", "maison d’arrêt de Valbrune",
    ]  # fmt: skip


def test_nothing_of_class_c_is_on_the_paper(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    id_ = complete(prescriptions, loic)
    prescriptions.course.make_ready(id_)
    text = text_of(prescriptions.papers.issued(id_).content)
    assert "PERRIN" in text  # the control: the words of the sheet are found
    for never in ("12345", "B 214", "Vol aggravé", "14 mois", "quartier", "disciplinaire", "Mme Perrin", "rue du Four"):
        assert never not in text


def test_only_quartiers_a_partner_may_see_have_a_name() -> None:
    assert partner_quartier("QSL") == "Quartier de semi-liberté"
    assert all(not partner_quartier(code) for code in ("QD", "QI", "UDV", "QPR", "QLCO", "", "autre"))


# -- random dossiers and ticks -------------------------------------------------------------------------------

WORDS = st.text(alphabet="abcdéèàœ XYZ’-", min_size=0, max_size=20)
CODES = st.sampled_from(["", "oui", "non", "en_cours"])
PERSONS_ = st.builds(
    Person,
    id=st.just(UUID(int=1)),
    birth_name=WORDS,
    first_names=WORDS,
    birth_date=st.none() | st.dates(date(1960, 1, 1), date(2009, 1, 1)),
    title=WORDS,
    appi_number=st.just("202600123456"),
    nationalities=st.just(("NATIONALITE",)),
    marital_status=st.just("MARITAL"),
    resources=st.just("RESSOURCES"),
    birth_place=st.just("LIEUNAISSANCE"),
    aliases=st.just(("ALIAS",)),
    phone_state=st.sampled_from(PhoneState),
    phone=st.just("0639984512"),
    email=st.just("personne@example.org"),
    literacy=st.sampled_from(["", "aise", "difficile", "non_lecteur"]),
    rqth_status=CODES,
    languages=WORDS,
    last_diploma=WORDS,
    experience=st.lists(WORDS, max_size=5).map(tuple),
    allowed_to_work=CODES,
    france_travail=CODES,
    bank_account=CODES,
)
NEVER = ("202600123456", "NATIONALITE", "MARITAL", "RESSOURCES", "LIEUNAISSANCE", "ALIAS")


def make_sheet(
    context: Context,
    person: Person,
    milieu: Milieu | None,
    ticked: tuple[str, ...],
    letterhead: str,
    legal: bool,
    with_return: bool = False,
) -> Sheet:
    today = date(2026, 11, 22)
    home = Address(id=UUID(int=2), person_id=person.id, city="Orsanne", host_name="HEBERGEANT")
    document = IdentityDocument(id=UUID(int=3), person_id=person.id, number="NUMEROPIECE", expires=date(2030, 1, 1))
    return Sheet(
        form=FORM,
        prescription=Prescription(
            id=UUID(int=4), person_id=person.id, drafted_on=today, ticked=ticked, letterhead=letterhead,
            with_return=with_return,
            objective_words="Travailler", report_wanted_by=today, useful_on=today,
            values={"disponibilite": "en semaine", "ml_sortie": "Orsanne", "joindre_maintenant": "ici"},
        ),
        dossier=Dossier(
            today=today, person=person, milieu=milieu, home=home, documents=(document,), preparation=PREPARATION
        ),
        parties=Parties(officer=make_officer(context.ids), service=make_service(context.ids)),
        legal=legal,
        rqth_band=True,
    )  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    person=PERSONS_,
    milieu=st.none() | st.sampled_from(Milieu),
    ticked=st.lists(st.sampled_from(EVERY_TICK), unique=True).map(tuple),
    letterhead=st.sampled_from(["officiel", "neutre"]),
    legal=st.booleans(),
)
def test_what_is_shown_is_lawful_or_ticked(
    context: Context, person: Person, milieu: Milieu | None, ticked: tuple[str, ...], letterhead: str, legal: bool
) -> None:
    sheet = make_sheet(context, person, milieu, ticked, letterhead, legal)
    content, catalogue = sheet.content(), READABLE
    by_tick = {one.code: one.fields for one in FORM.ticks}
    allowed = {code for tick in ticked for code in by_tick[tick]} | IDENTITY
    allowed |= {code for code, one in catalogue.items() if legal and one.field_class is FieldClass.LEGAL}
    assert codes(content) <= allowed
    assert bool(content.objective) == ("objectif" in ticked)
    assert all(catalogue[code].field_class is not FieldClass.NEVER for code in codes(content))
    every = " ".join(text for one in content.fields() for text in one.values)
    for never in (*NEVER, "HEBERGEANT", "NUMEROPIECE"):
        assert never not in every


@given(PERSONS_)
def test_no_value_exists_for_a_field_that_no_partner_may_read(person: Person) -> None:
    found = values(Dossier(today=date(2026, 11, 22), person=person), {}, reference_label)
    opened = {code for ground in shipped().grounds for code in ground.fields}
    never = {code for code, one in shipped().by_code.items() if one.field_class is FieldClass.NEVER} - opened
    assert never.isdisjoint(found)


@pytest.mark.parametrize("milieu", [None, *Milieu])
def test_a_neutral_sheet_names_neither_service_nor_justice(context: Context, milieu: Milieu | None) -> None:
    person = Person(id=UUID(int=1), birth_name="Perrin", first_names="Loïc")
    content = make_sheet(context, person, milieu, EVERY_TICK, "neutre", False).content()
    assert content.sender.name == "Service d’accompagnement de Valbrune"
    assert content.answer is None
    assert content.not_asked == FORM.not_asked_neutral
    assert not {"ppaip", "sortie_prevue", "permission_possible"} & codes(content)


def test_a_neutral_sheet_asks_for_an_answer_when_the_officer_wants_one_and_says_no_more(context: Context) -> None:
    person = Person(id=UUID(int=1), birth_name="Perrin", first_names="Loïc")
    content = make_sheet(context, person, Milieu.OPEN, EVERY_TICK, "neutre", False, with_return=True).content()
    assert content.answer is not None
    assert content.answer.foot == FORM.answer.foot_neutral
    assert content.answer.send_to == ("À remettre à la personne",)
    assert leaks(content) == ()
    # The control: the answer of an official sheet would tell.
    official = make_sheet(context, person, Milieu.OPEN, EVERY_TICK, "officiel", False).content()
    assert "justice" in leaks(dataclasses.replace(official, neutral=True, foot="lu par le juge, en justice"))


def test_every_field_that_may_leave_has_its_place_on_the_sheet() -> None:
    """R. 240-6, 20° (a contract before the écrou) is for training bodies: not on this sheet."""
    placed = {one.field.code for one in FORM.fields()} | {FORM.objective_field}
    may_leave = {code for code, one in READABLE.items() if one.field_class is not FieldClass.NEVER}
    assert may_leave - placed == {
        "type_contrat", "profession_avant", "duree_emploi", "apprentissage", "vae", "travaux", "horaires", "periode",
        "attente",
    }  # fmt: skip


def test_no_field_of_class_b_goes_without_its_own_tick() -> None:
    assert [one.field.code for one in FORM.fields() if one.always] == []
    ticked = {field for tick in FORM.ticks for field in tick.fields}
    by_agreement = {one.field.code for one in FORM.fields() if one.field.field_class is FieldClass.AGREEMENT}
    by_law = {field for tick in FORM.ticks if tick.law for field in tick.fields}
    assert ticked - by_law == by_agreement | {"objectif"}


def test_an_officer_whose_title_is_not_known_is_neither_he_nor_she(context: Context) -> None:
    person = Person(id=UUID(int=1), birth_name="Perrin", first_names="Loïc")
    sheet = make_sheet(context, person, Milieu.CUSTODY, EVERY_TICK, "officiel", True)
    unknown = dataclasses.replace(sheet.parties, officer=dataclasses.replace(sheet.parties.officer, title=""))
    content = dataclasses.replace(sheet, parties=unknown).content()
    assert content.referent == "agent référent"
    assert content.sender.lines[0].startswith("Agent référent")
    assert dataclasses.replace(sheet, parties=unknown).prefilled("")["joindre_maintenant"] == "par l’agent référent"
    assert sheet.prefilled("")["joindre_maintenant"] == "par la référente"  # the control: with a title


@pytest.mark.parametrize(
    ("code", "said"), [("QMA", ("maison d’arrêt",)), ("QSL", ("de semi-liberté",)), ("QD", None), ("QI", None)]
)
def test_the_category_of_the_quartier_is_told_beside_its_label_and_never_a_discipline(
    code: str, said: tuple[str, ...] | None
) -> None:
    person = Person(id=UUID(int=1), birth_name="Perrin", first_names="Loïc")
    dossier = Dossier(today=date(2026, 11, 22), person=person, quartier=partner_quartier(code))
    assert values(dossier, {}, reference_label).get("quartier_categorie") == said


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    person=PERSONS_,
    ticked=st.lists(st.sampled_from(EVERY_TICK), unique=True).map(tuple),
    refused=st.sets(st.sampled_from(EVERY_TICK)),
    letterhead=st.sampled_from(["officiel", "neutre"]),
    legal=st.booleans(),
)
def test_the_edition_after_a_partial_agreement_says_nothing_that_was_refused(
    context: Context, person: Person, ticked: tuple[str, ...], refused: set[str], letterhead: str, legal: bool
) -> None:
    first = make_sheet(context, person, Milieu.OPEN, ticked, letterhead, legal).content()
    kept = tuple(one for one in ticked if one not in refused)
    second = make_sheet(context, person, Milieu.OPEN, kept, letterhead, legal).content()
    by_tick = {one.code: one.fields for one in FORM.ticks}
    gone = {code for tick in refused for code in by_tick[tick]}
    by_law = {code for code, one in READABLE.items() if legal and one.field_class is FieldClass.LEGAL}
    assert codes(second) & gone <= by_law
    assert codes(second) <= codes(first)
    assert not (second.objective and "objectif" in refused)
