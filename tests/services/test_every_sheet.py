"""What holds for every sheet shipped: who may read what, what the paper and its metadata say, what is neutral."""

import dataclasses
import io
import subprocess
from datetime import date
from uuid import UUID

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spip_desktop.documents.prescription import render, render_answer
from spip_desktop.domain.definition import DefinitionError
from spip_desktop.domain.disclosure import Dossier
from spip_desktop.domain.filled_form import FormIdentity, line_of
from spip_desktop.domain.measure import Custody, Measure, Milieu
from spip_desktop.domain.partner import Partner, PartnerNature, PartnerService
from spip_desktop.domain.person import Address, IdentityDocument, Person, PhoneState, Preparation
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.sheet import SheetContent, leaks, telling, with_scan
from spip_desktop.domain.sheet_answer import AnswerFieldKind, fields_of
from spip_desktop.forms import fields as catalogue
from spip_desktop.forms import rules, sheet
from spip_desktop.forms.fields import FieldClass
from spip_desktop.forms.sheet import SheetForm
from spip_desktop.services.context import Context
from spip_desktop.services.prescription_sheet import Parties, Sheet, nature_of
from spip_desktop.services.sheet_sample import sample
from tests.documents import reading
from tests.store_fixtures import make_officer, make_service

TODAY = date(2026, 11, 22)
IDENTITY = {"civilite", "nom", "prenom"}
FORMS = sheet.every_shipped()
CODES = [one.code for one in FORMS]
NEUTRAL = [one for one in FORMS if one.letterhead("neutre")]
#: Words of the dossier that no sheet of any partner prints, whatever is ticked.
NEVER = ("202600123456", "NATIONALITE", "MARITAL", "RESSOURCESLIBRES", "LIEUNAISSANCE", "ALIAS", "HEBERGEANT",
         "NUMEROPIECE", "VOLAGGRAVE", "PARQUET", "RESULTATPPAIP", "LIEUPPAIP")  # fmt: skip
WORDS = st.text(alphabet="abcdéèàœ XYZ’-", max_size=24)
LONG = st.text(alphabet="abcdéèàœ XYZ’-", max_size=60)
PERSONS = st.builds(
    Person,
    id=st.just(UUID(int=1)),
    birth_name=st.text(alphabet="abcdéèœXYZ’-", min_size=1, max_size=20),
    first_names=WORDS,
    birth_date=st.none() | st.dates(date(1960, 1, 1), date(2009, 1, 1)),
    title=st.sampled_from(["", "Madame", "Monsieur"]),
    appi_number=st.just("202600123456"),
    nationalities=st.just(("NATIONALITE",)),
    marital_status=st.just("MARITAL"),
    resources=st.just("RESSOURCESLIBRES"),
    birth_place=st.just("LIEUNAISSANCE"),
    aliases=st.just(("ALIAS",)),
    phone_state=st.sampled_from(PhoneState),
    phone=st.just("0639984512"),
    email=st.just("personne@example.org"),
    literacy=st.sampled_from(["", "aise", "difficile", "non_lecteur"]),
    rqth_status=st.sampled_from(["", "oui", "non"]),
    languages=WORDS,
    last_diploma=WORDS,
    experience=st.lists(WORDS, max_size=5).map(tuple),
    allowed_to_work=st.sampled_from(["", "oui", "non"]),
    france_travail=st.sampled_from(["", "oui", "non"]),
    bank_account=st.sampled_from(["", "oui", "non"]),
)

PREPARATION = Preparation(
    id=UUID(int=7), person_id=UUID(int=1), starts=date(2026, 10, 5), ends=date(2026, 11, 1), state="terminee",
    place="LIEUPPAIP", result="RESULTATPPAIP",
)  # fmt: skip


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def about(pdf: bytes) -> str:
    """Everything that the file says of itself, its names and its attachments included."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [str(value) for value in opened.docinfo.values()]
        with opened.open_metadata() as metadata:
            found += [f"{key} {metadata[key]}" for key in metadata]
        assert not opened.attachments
        root = opened.Root
        found += [str(root[key]) for key in ("/Lang", "/PageLabels", "/Outlines", "/AA", "/OpenAction") if key in root]
    return " ".join(found)


def every_tick(form: SheetForm) -> tuple[str, ...]:
    return tuple(one.code for one in form.ticks)


def make(
    context: Context, form: SheetForm, person: Person, *, milieu: Milieu | None, ticked: tuple[str, ...],
    letterhead: str = "officiel", typed: str = "texte écrit", legal: bool | None = None, with_return: bool = False,
) -> Sheet:  # fmt: skip
    age = TODAY.year - person.birth_date.year if person.birth_date else None
    written = [one.field.code for one in form.fields() if one.field.typed]
    paper = IdentityDocument(id=UUID(int=3), person_id=person.id, number="NUMEROPIECE", expires=date(2030, 1, 1))
    applies = form.ground.applies(milieu, age) if form.ground else False
    custody = Custody(
        id=UUID(int=5),
        person_id=person.id,
        establishment="MA",
        ecrou_number="ECROU12345",
        building="BATB",
        cell="CELL214",
    )
    measure = Measure(
        id=UUID(int=6), person_id=person.id, kind="TIG", hours=105, offence_label="VOLAGGRAVE", parquet_number="PARQUET"
    )
    return Sheet(
        form=form,
        prescription=Prescription(
            id=UUID(int=4), person_id=person.id, sheet_code=form.code, drafted_on=TODAY, ticked=ticked,
            letterhead=letterhead, with_return=with_return, asks=tuple(one.code for one in form.asks[:1]),
            objective_words="Avancer", report_wanted_by=TODAY, useful_on=TODAY,
            values={code: f"{typed} {code.replace('_', '')}" for code in written},
        ),
        dossier=Dossier(
            today=TODAY, person=person, milieu=milieu, custody=custody, measures=(measure,),
            home=Address(id=UUID(int=2), person_id=person.id, city="Orsanne", host_name="HEBERGEANT"),
            documents=(paper,),
            preparation=PREPARATION,
            quartier="Quartier de semi-liberté",
        ),
        parties=Parties(officer=make_officer(context.ids), service=make_service(context.ids)),
        legal=applies if legal is None else legal,
        rqth_band=True,
    )  # fmt: skip


def issued(content: SheetContent) -> bytes:
    return render(content, issued=TODAY, number="7K3M9QXD", code="F7K3QX", draft=False, demo=False)


def shown(content: SheetContent) -> set[str]:
    return {one.code for one in content.fields()}


LOIC = Person(
    id=UUID(int=1), birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), title="Monsieur",
    email="personne@example.org", last_diploma="brevet", languages="français", experience=("plongeur",),
)  # fmt: skip

# -- the data ------------------------------------------------------------------------------------------------


def test_every_service_of_the_mission_has_its_sheet() -> None:
    assert set(CODES) >= {
        "mission_locale", "france_travail", "formation", "hebergement", "social", "sante", "structure_tig",
        "association_mandatee", "ipro", "programme_collectif", "ppaip", "generique",
    }  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=CODES)
def test_a_sheet_says_its_partners_its_rules_its_size_and_its_return(form: SheetForm) -> None:
    assert form.recipients or form.natures
    assert rules.shipped(form.rules).rules
    assert form.answer.parts
    assert form.foot_agreement
    assert bool(form.foot_legal) == (form.ground is not None)
    codes = [one.field.code for one in form.fields()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("form", FORMS, ids=CODES)
def test_no_sheet_may_ask_for_what_its_partner_never_reads(form: SheetForm) -> None:
    """Each field of class C for this partner, put in the place of a field: file, line, reason."""
    text = form.definition.content.decode()
    fields = catalogue.shipped()
    never = sorted(one.code for one in fields.read_by(form.recipients).values() if one.field_class is FieldClass.NEVER)
    assert never
    for code in never:
        changed = text.replace('field = "nom"', f'field = "{code}"', 1)
        with pytest.raises(DefinitionError) as caught:
            sheet.parse(changed.encode(), f"{form.code}.toml", fields)
        assert "classe C" in caught.value.reason
        assert caught.value.file == f"{form.code}.toml"
        assert f'"{code}"' in changed.splitlines()[caught.value.line - 1]


@pytest.mark.parametrize(
    ("field", "kind", "expected"),
    [
        ("sortie_prevue", "france_travail", "A"), ("sortie_prevue", "formation", "B"), ("sortie_prevue", "siao", "B"),
        ("type_contrat", "formation", "A"), ("type_contrat", "mission_locale", "B"),
        ("heures", "structure_tig", "A"), ("heures", "mission_locale", "C"), ("heures", "association_mandatee", "C"),
        ("mandat", "association_mandatee", "A"), ("mandat", "structure_tig", "C"), ("mandat", "siao", "C"),
        ("numero_ecrou", "ipro", "A"), ("numero_ecrou", "france_travail", "C"), ("numero_ecrou", "ppaip", "C"),
        ("composition", "siao", "B"), ("composition", "mission_locale", "C"),
        ("infraction", "association_mandatee", "C"), ("sante", "csapa", "C"), ("niveau_intervention", "ipro", "C"),
    ],
)  # fmt: skip
def test_the_class_of_a_field_is_that_of_its_reader(field: str, kind: str, expected: str) -> None:
    assert catalogue.shipped().read_by((kind,))[field].field_class == expected


def test_a_sheet_to_anyone_or_to_several_kinds_takes_the_strictest_class() -> None:
    fields = catalogue.shipped()
    assert fields.read_by(())["sortie_prevue"].field_class == "B"
    assert fields.read_by(())["composition"].field_class == "C"
    assert fields.read_by(("siao", "mission_locale"))["composition"].field_class == "C"
    assert fields.read_by(("france_travail", "cap_emploi"))["sortie_prevue"].field_class == "B"
    assert fields.ground(("mission_locale", "france_travail")) is None


@pytest.mark.parametrize(
    ("milieu", "age", "applies"),
    [(Milieu.CUSTODY, 17, False), (Milieu.CUSTODY, 18, True), (Milieu.CUSTODY, 25, True), (Milieu.CUSTODY, 26, False),
     (Milieu.CUSTODY, None, False), (Milieu.OPEN, 20, False), (None, 20, False)],
)  # fmt: skip
def test_the_ground_of_the_missions_locales_is_for_the_young_detained(
    milieu: Milieu | None, age: int | None, applies: bool
) -> None:
    ground = catalogue.shipped().ground(("mission_locale",))
    assert ground
    assert ground.applies(milieu, age) is applies
    wide = catalogue.shipped().ground(("france_travail",))
    assert wide
    assert wide.applies(milieu, age) is (milieu is Milieu.CUSTODY)  # no condition of age


def test_a_partner_gets_the_sheet_of_its_kind_and_of_its_nature() -> None:
    def offered(kind: str, nature: PartnerNature) -> set[str]:
        service = PartnerService(id=UUID(int=7), kind=kind)
        real = nature_of(Partner(id=UUID(int=8), name="X", nature=nature, services=(service,)), service)
        return {one.code for one in FORMS if one.is_for(kind, real)}

    assert offered("siao", PartnerNature.COMMON_LAW) == {"hebergement", "generique"}
    assert offered("association_mandatee", PartnerNature.MANDATED) == {"association_mandatee", "generique"}
    # Mandate data goes to who is mandated, whatever the type says.
    assert offered("association_mandatee", PartnerNature.COMMON_LAW) == {"generique"}
    # A health service reads the health sheet only, even where its structure says otherwise.
    assert offered("csapa", PartnerNature.COMMON_LAW) == offered("csapa", PartnerNature.HEALTH) == {"sante"}
    assert offered("association", PartnerNature.HEALTH) == {"sante"}
    assert offered("ipro", PartnerNature.PRISON) == {"ipro", "generique"}


# -- random dossiers and ticks -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS, ids=CODES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)
@given(data=st.data(), person=PERSONS, milieu=st.none() | st.sampled_from(Milieu), typed=LONG)
def test_the_paper_says_what_is_ticked_or_lawful_and_nothing_else(
    context: Context, form: SheetForm, data: st.DataObject, person: Person, milieu: Milieu | None, typed: str
) -> None:
    ticked = tuple(data.draw(st.lists(st.sampled_from(every_tick(form)), unique=True)))
    letterhead = data.draw(st.sampled_from([one.code for one in form.letterheads]))
    made = make(context, form, person, milieu=milieu, ticked=ticked, letterhead=letterhead, typed=f"x{typed}x")
    content = made.content()
    readable = catalogue.shipped().read_by(form.recipients)
    allowed = IDENTITY | {field for one in form.ticks if one.code in ticked for field in one.fields}
    allowed |= {code for code, one in readable.items() if made.legal and one.field_class is FieldClass.LEGAL}
    assert shown(content) <= allowed
    assert all(readable[code].field_class is not FieldClass.NEVER for code in shown(content))
    pdf = issued(content) if not leaks(content) else render(
        content, issued=TODAY, number="", code="", draft=True, demo=False
    )  # fmt: skip
    text, said_of_itself = text_of(pdf).replace("- ", "-"), about(pdf)
    for word in NEVER:
        assert word not in text
        assert word not in said_of_itself
    for word, code in (("ECROU12345", "numero_ecrou"), ("CELL214", "batiment"), ("105", "heures")):
        if code not in allowed:
            assert word not in text
    for name in (person.birth_name.upper(), "0639984512", "personne@example.org", "Orsanne"):
        if len(name) > 4:
            assert name not in said_of_itself
    if "joindre" not in ticked:
        assert "personne@example.org" not in text
    if not {"residence"} & set(ticked):
        assert "Orsanne" not in text
    if "objectif" not in ticked:
        assert "Avancer" not in text


@pytest.mark.parametrize("form", FORMS, ids=CODES)
def test_the_control_everything_ticked_is_on_the_paper(context: Context, form: SheetForm) -> None:
    """Without this, a sheet that prints nothing would pass the test above."""
    milieu = Milieu.CUSTODY if form.letterheads[0].milieux == ("MF",) else Milieu.OPEN
    made = make(context, form, LOIC, milieu=milieu, ticked=every_tick(form), legal=False)
    text = text_of(issued(made.content()))
    assert "PERRIN" in text
    assert "14/03/2004" in text
    concerned = [one for one in form.fields() if one.field.typed and made.concerned(one)]
    for one in concerned:
        assert one.field.code.replace("_", "") in text.replace(" ", ""), one.field.code
    if "email_personne" in {one.field.code for one in form.fields()}:
        assert "personne@example.org" in text
    if form.has_objective:
        assert "Avancer" in text


# -- the neutral letterhead ----------------------------------------------------------------------------------


def open_content(
    context: Context, form: SheetForm, *, with_return: bool = True, letterhead: str = "neutre"
) -> SheetContent:
    return make(
        context, form, LOIC, milieu=Milieu.OPEN, ticked=every_tick(form), letterhead=letterhead, with_return=with_return
    ).content()


@pytest.mark.parametrize("form", NEUTRAL, ids=[one.code for one in NEUTRAL])
def test_the_neutral_letterhead_leaks_nothing_in_text_metadata_or_code(context: Context, form: SheetForm) -> None:
    for with_return in (False, True):
        pdf = issued(open_content(context, form, with_return=with_return))
        text = text_of(pdf)
        assert "PERRIN" in text
        assert telling((text,)) == ()
        assert telling((about(pdf),)) == ()
        assert b"SPIP" not in pdf
    # The control: the official letterhead of the same sheet is found out by the same check.
    assert telling((text_of(issued(open_content(context, form, letterhead="officiel"))),))


@pytest.mark.parametrize("form", NEUTRAL, ids=[one.code for one in NEUTRAL])
def test_its_pdf_to_fill_in_and_its_code_to_scan_tell_no_more(context: Context, form: SheetForm) -> None:
    content = with_scan(open_content(context, form, with_return=True), "F7K3QX")
    assert content.answer
    assert content.answer.scan == "F7K3QX", "the QR says the code that is written, and nothing else"
    identity = FormIdentity(sheet_code=form.code, sheet_version=form.version, number="7K3M9QXD", answer_code="F7K3QX")
    pdf = render_answer(content, issued=TODAY, number="7K3M9QXD", code="F7K3QX", demo=False, identity=line_of(identity))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fields = [str(one.get(key, "")) for one in opened.Root.AcroForm.Fields for key in ("/T", "/TU", "/V")]
    assert any("F7K3QX" in one for one in fields), "the control: the hidden line is among what is looked at"
    assert telling((text_of(pdf), about(pdf), *fields)) == ()


@pytest.mark.parametrize("form", NEUTRAL, ids=[one.code for one in NEUTRAL])
def test_a_neutral_sheet_with_a_telling_word_is_not_rendered(context: Context, form: SheetForm) -> None:
    content = open_content(context, form)
    assert content.answer
    planted = {
        "scan": dataclasses.replace(content, answer=dataclasses.replace(content.answer, scan="spip:F7K3QX")),
        "title": dataclasses.replace(content, title="Fiche du service pénitentiaire"),
        "sender": dataclasses.replace(
            content, sender=dataclasses.replace(content.sender, lines=("claire.vasseur@justice.example",))
        ),
        "objective": dataclasses.replace(content, objective="Depuis mon incarcération, avec mon bracelet"),
    }
    for where, one in planted.items():
        assert leaks(one), where
        with pytest.raises(ValueError, match="neutral"):
            issued(one)
    assert issued(content)


@pytest.mark.parametrize("form", NEUTRAL, ids=[one.code for one in NEUTRAL])
@pytest.mark.parametrize("key", ["title", "asks_title", "agreement", "foot_agreement", "not_asked_neutral"])
def test_the_loader_refuses_a_sheet_whose_own_words_would_tell(form: SheetForm, key: str) -> None:
    text = form.definition.content.decode()
    line = next(one for one in text.splitlines() if one.startswith(f'{key} = "'))
    changed = text.replace(line, f'{line[:-1]} Service pénitentiaire."', 1)
    with pytest.raises(DefinitionError, match="neutre") as caught:
        sheet.parse(changed.encode(), f"{form.code}.toml", catalogue.shipped())
    assert changed.splitlines()[caught.value.line - 1].startswith(key)


def test_a_sheet_that_is_never_neutral_may_name_the_service() -> None:
    assert {one.code for one in FORMS} - {one.code for one in NEUTRAL} == {
        "structure_tig", "association_mandatee", "ipro", "programme_collectif", "ppaip",
    }  # fmt: skip


# -- the paper -----------------------------------------------------------------------------------------------

WORD = "mot assez long "


def fullest(context: Context, form: SheetForm, letterhead: str) -> SheetContent:
    """Everything ticked, every field as long as it may be, both letterheads of many lines."""
    milieu = Milieu.OPEN if letterhead == "neutre" else Milieu.CUSTODY
    person = dataclasses.replace(
        LOIC, last_diploma=WORD * 4, languages=WORD * 4, experience=(WORD * 8,) * 3, mobility=WORD * 4,
        digital=WORD * 4, first_names="Jean-Baptiste", birth_name="Vandenbroucke-Delahaye",
    )  # fmt: skip
    made = make(context, form, person, milieu=milieu, ticked=every_tick(form), letterhead=letterhead, with_return=True)
    longest = {one.field.code: (WORD * 20)[: one.field.max_length] for one in form.fields() if one.field.typed}
    content = dataclasses.replace(
        made, prescription=dataclasses.replace(
            made.prescription, values=longest, objective_words=(WORD * 20)[: form.objective_max],
            asks=tuple(one.code for one in form.asks),
        ),
    ).content()  # fmt: skip
    head = dataclasses.replace(content.recipient, lines=("Conseillère", "Rendez-vous", "Adresse", "Ville"))
    return dataclasses.replace(
        content, recipient=head, version=2, replaces="Remplace la version 1 du 22/11/2026.",
        changes=("Date utile", "Disponibilité", "demandes", "Compte bancaire (retiré)"),
    )  # fmt: skip


def both(form: SheetForm) -> list[str]:
    return [one.code for one in form.letterheads]


@pytest.mark.parametrize(
    ("form", "letterhead"),
    [(form, code) for form in FORMS for code in both(form)],
    ids=[f"{form.code}-{code}" for form in FORMS for code in both(form)],
)
def test_shortest_and_longest_stand_on_one_front_with_their_answer(
    context: Context, form: SheetForm, letterhead: str
) -> None:
    """What does not fit goes whole to the annex; nothing is cut, nothing is smaller; every mark is tagged."""
    milieu = Milieu.OPEN if letterhead == "neutre" else Milieu.CUSTODY
    short = make(context, form, LOIC, milieu=milieu, ticked=(), letterhead=letterhead, legal=False).content()
    long = fullest(context, form, letterhead)
    for content in (short, long):
        pdf = issued(content)
        pages = reading.pages(pdf)
        assert "Date et signature de la personne" in pages[0]
        assert f"Version {content.version}, établie le 22/11/2026" in pages[0]
        answer = content.answer
        if answer:
            at = 0 if content.size == "recto" else 1
            assert answer.title in pages[at]
            assert answer.foot in pages[at]
            assert "F7K 3QX" in pages[at]
        whole = reading.one_line(pdf)
        for field in content.fields():
            for value in field.values:
                assert " ".join(value.split()) in whole, field.code
        assert tags_of(pdf) >= {"/Document", "/H1", "/H2", "/P", "/Table", "/L"}
    assert len(reading.pages(issued(short))) == 1 + (short.answer is not None and short.size != "recto")


def tags_of(pdf: bytes) -> set[str]:
    """The kinds of element in the structure tree; every page refers to it."""
    found: set[str] = set()

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.add(str(node.S))
            if "/K" in node:
                kids = node.K
                for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                    walk(kid)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.Root.Lang) == "fr-FR"
        walk(opened.Root.StructTreeRoot)
        assert all("/StructParents" in page.obj for page in opened.pages)
    return found


@pytest.mark.parametrize("form", FORMS, ids=CODES)
def test_a_short_sheet_and_its_answer_are_one_leaf(form: SheetForm) -> None:
    for letterhead in form.letterheads:
        paper = render(
            sample(form, letterhead, longest=False),
            issued=TODAY,
            number="7K3M9QXZ",
            code="K7M4QX",
            draft=False,
            demo=True,
        )
        assert len(reading.pages(paper)) <= 2, letterhead.code


#: The bilan of domain.md §4.5, as the answers of the partners who accompany ask it.
BILAN = {
    "Du": AnswerFieldKind.DATE, "Au": AnswerFieldKind.DATE, "Documents remis": AnswerFieldKind.TEXT,
}  # fmt: skip


@pytest.mark.parametrize("form", [one for one in FORMS if one.code != "sante"], ids=lambda one: one.code)
def test_every_bilan_says_its_period_and_the_documents_given(form: SheetForm) -> None:
    (content,) = (sample(form, one, longest=False) for one in form.letterheads[:1])
    assert content.answer is not None
    asked = {one.label.removesuffix(" à la personne"): one.kind for one in fields_of(content.answer)}
    assert BILAN.items() <= asked.items()
