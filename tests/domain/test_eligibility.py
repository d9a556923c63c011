"""ML1 to ML9: what each answers, and what never happens."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain import dates
from spip_desktop.domain.definition import DefinitionError
from spip_desktop.domain.eligibility import (
    Answer,
    Facts,
    Home,
    Opinion,
    RuleResult,
    Thresholds,
    in_rqth_band,
    to_override,
    window,
)
from spip_desktop.domain.eligibility_checks import CHECKS, answers
from spip_desktop.domain.marks import Mark, MarkCode, MarkState
from spip_desktop.domain.measure import Milieu, PenalCategory
from spip_desktop.domain.person import Preparation, latest_preparation
from spip_desktop.forms import fields, rules
from spip_desktop.forms import sheet as sheets
from spip_desktop.paths import resource

TODAY = date(2026, 11, 22)


def release_on(day: date | None) -> Mark:
    return Mark(code=MarkCode.RELEASE, day=day, state=MarkState.REGISTRY, why="official_end")


def prepared(starts: date | None, ends: date | None, state: str) -> Preparation:
    return Preparation(id=UUID(int=1), person_id=UUID(int=2), starts=starts, ends=ends, state=state)


LOIC = Facts(
    today=TODAY,
    birth_date=date(2004, 3, 14),
    sex="M",
    milieu=Milieu.CUSTODY,
    penal_category=PenalCategory.CONVICTED,
    sheet_as_of=date(2026, 11, 3),
    ecrou_on=date(2026, 4, 22),
    sentence_months=14,
    release=release_on(date(2027, 6, 22)),
    near_employment="oui",
    near_employment_reason="A un métier et un projet.",
    near_employment_on=date(2026, 11, 20),
    preparation=prepared(date(2026, 10, 5), date(2026, 11, 1), "terminee"),
    partner_chosen=True,
    home=Home(city="Orsanne", served=True, by="Orsanne et vallées"),
)


def mission_locale(facts: Facts, figures: Thresholds | None = None) -> tuple[RuleResult, ...]:
    return answers(rules.shipped("mission_locale").rules, facts, figures or Thresholds())


def legal_ground(facts: Facts) -> bool:
    """The law for the sheet to the mission locale, as the catalogue of fields says it."""
    ground = sheets.shipped("mission_locale").ground
    assert ground
    return ground.applies(facts.milieu, facts.age)


def of_service(code: str, facts: Facts) -> dict[str, RuleResult]:
    return {one.code: one for one in answers(rules.shipped(code).rules, facts, Thresholds())}


def rule(facts: Facts, code: str) -> RuleResult:
    return next(one for one in mission_locale(facts) if one.code == code)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_reference_picture_word_for_word() -> None:
    said = [(one.answer.value, plain(one.label), plain(one.input)) for one in mission_locale(LOIC)]
    assert said == [
        ("oui", "Majeur", "22 ans"),
        ("oui", "Moins de 26 ans", "né le 14/03/2004"),
        ("oui", "Condamné", "fiche pénale du 03/11/2026"),
        ("non", "Six mois au plus avant la sortie", "ouvre le 22/12/2026 : à préparer (J−30)"),
        ("sans_objet", "Milieu ouvert : sans condition de date", "personne détenue"),
        ("oui", "Proche de l’emploi ou de la formation", "CPIP, 20/11/2026"),
        ("oui", "Préparation à l’emploi réalisée", "du 05/10 au 01/11/2026"),
        ("a_verifier", "Commune couverte par la mission locale", "Orsanne, sans justificatif"),
        ("a_verifier", "Accord de la personne", "après signature de la fiche"),
    ]


@pytest.mark.parametrize(
    ("birth", "adult", "band"),
    [
        (date(2008, 11, 23), "non", "non"),  # 18 tomorrow
        (date(2008, 11, 22), "oui", "oui"),  # 18 today
        (date(2000, 11, 23), "oui", "oui"),  # 26 tomorrow
        (date(2000, 11, 22), "oui", "non"),  # 26 today, no RQTH
        (None, "a_verifier", "a_verifier"),
    ],
)
def test_the_ages_turn_on_the_birthday(birth: date | None, adult: str, band: str) -> None:
    facts = replace(LOIC, birth_date=birth, rqth="non")
    assert (rule(facts, "ML1").answer, rule(facts, "ML2").answer) == (adult, band)


@pytest.mark.parametrize(
    ("birth", "rqth", "until", "answer", "said"),
    [
        (date(1999, 1, 1), "oui", date(2027, 1, 21), "oui", "27 ans, RQTH jusqu’au 21/01/2027"),
        (date(1999, 1, 1), "oui", date(2026, 11, 21), "a_verifier", "27 ans, RQTH finie le 21/11/2026"),
        (date(1999, 1, 1), "oui", None, "oui", "27 ans, RQTH sans date de fin"),
        (date(1999, 1, 1), "en_cours", None, "a_verifier", "27 ans, RQTH demandée"),
        (date(1999, 1, 1), "", None, "a_verifier", "27 ans, RQTH : à demander"),
        (date(1996, 11, 23), "oui", None, "oui", "29 ans, RQTH sans date de fin"),
        (date(1996, 11, 22), "oui", None, "non", "30 ans"),
    ],
)
def test_from_26_to_29_the_rqth_decides(birth: date, rqth: str, until: date | None, answer: str, said: str) -> None:
    found = rule(replace(LOIC, birth_date=birth, rqth=rqth, rqth_until=until), "ML2")
    assert (found.answer, plain(found.input)) == (answer, said)


def test_a_remand_prisoner_is_no_and_can_be_passed_over() -> None:
    facts = replace(LOIC, penal_category=PenalCategory.REMAND)
    assert rule(facts, "ML3").answer is Answer.NO
    assert "ML3" in {one.code for one in to_override(mission_locale(facts))}
    assert rule(replace(LOIC, penal_category=PenalCategory.BOTH), "ML3").answer is Answer.YES


@pytest.mark.parametrize(
    ("release", "answer", "said"),
    [
        (date(2027, 5, 23), "non", "ouvre le 23/11/2026 : à préparer (J−1)"),
        (date(2027, 5, 22), "oui", "ouvre aujourd’hui : à transmettre"),
        (date(2027, 5, 21), "oui", "ouvert le 21/11/2026 : à transmettre, en retard de 1 jour"),
        (date(2027, 2, 22), "oui", "ouvert le 22/08/2026 : à transmettre, en retard de 92 jours"),
        (date(2026, 12, 22), "oui", "ouvert le 22/06/2026 : à transmettre, en retard de 153 jours"),
        (date(2026, 12, 21), "oui", "ouvert le 21/06/2026 : à transmettre, en retard de 154 jours, délai court"),
        (date(2026, 11, 21), "a_verifier", "sortie prévue le 21/11/2026, date passée"),
        (None, "a_verifier", "date de sortie non connue"),
    ],
)
def test_the_window_of_six_calendar_months(release: date | None, answer: str, said: str) -> None:
    found = rule(replace(LOIC, release=release_on(release)), "ML4")
    assert (found.answer, plain(found.input)) == (answer, said)


def test_months_are_calendar_months_at_the_end_of_a_month() -> None:
    found = window(replace(LOIC, release=release_on(date(2027, 8, 31)), today=date(2027, 2, 28)))
    assert found is not None
    assert (found.opens, found.is_open) == (date(2027, 2, 28), True)


@pytest.mark.parametrize(
    ("release", "months", "said"),
    [
        (date(2027, 5, 23), 14, "à préparer (J−1)"),
        (date(2027, 5, 22), 14, "à transmettre"),
        (date(2026, 12, 22), 14, "à transmettre"),
        (date(2026, 12, 21), 14, "délai court"),
        (date(2027, 1, 20), 4, "peine courte"),
        (date(2026, 12, 1), 4, "délai court"),
    ],
)
def test_the_window_in_two_words(release: date, months: int, said: str) -> None:
    found = window(replace(LOIC, release=release_on(release), sentence_months=months))
    assert found
    assert found.said == said


# -- the other services --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(rules.codes()))
def test_every_set_of_rules_answers_for_any_facts_with_its_input_and_source(code: str) -> None:
    for facts in (LOIC, Facts(today=TODAY), replace(LOIC, milieu=Milieu.OPEN, release=None)):
        results = answers(rules.shipped(code).rules, facts, Thresholds())
        assert [one.is_agreement for one in results].count(True) == 1
        for one in results:
            assert one.input.strip()
            assert one.source
            assert one.check in CHECKS
    assert to_override(answers(rules.shipped(code).rules, Facts(today=TODAY), Thresholds())) == ()


def test_only_a_person_answers_what_only_a_person_can_judge() -> None:
    facts = replace(LOIC, opinions={"HE1": Opinion(answer="non", reason="Logé chez sa mère.", on=TODAY)})
    assert of_service("hebergement", facts)["HE1"].answer is Answer.NO
    assert plain(of_service("hebergement", facts)["HE1"].input) == "CPIP, 22/11/2026"
    without = replace(facts, opinions={"HE1": Opinion(answer="non", reason=" ", on=TODAY)})
    assert of_service("hebergement", without)["HE1"].answer is Answer.TO_CHECK
    assert of_service("hebergement", LOIC)["HE1"].answer is Answer.TO_CHECK


@pytest.mark.parametrize(
    ("asked", "months", "answer"),
    [("inserre", 60, "oui"), ("inserre", 61, "non"), ("inserre", None, "a_verifier"), ("travail", 61, "sans_objet")],
)
def test_inserre_is_for_sentences_of_five_years_at_most(asked: str, months: int | None, answer: str) -> None:
    facts = replace(LOIC, asks=frozenset({asked}), sentence_months=months)
    assert of_service("ipro", facts)["INSERRE1"].answer == answer


@pytest.mark.parametrize(
    ("release", "answer"),
    [(date(2027, 11, 22), "oui"), (date(2027, 11, 23), "non"), (None, "a_verifier"), (date(2026, 11, 1), "a_verifier")],
)
def test_aderes_is_for_what_is_short_by_the_figure_of_the_service(release: date | None, answer: str) -> None:
    facts = replace(LOIC, asks=frozenset({"aderes"}), release=release_on(release))
    assert of_service("programme_collectif", facts)["ADERES1"].answer == answer
    assert of_service("programme_collectif", replace(facts, asks=frozenset()))["ADERES1"].answer == "sans_objet"


def test_a_remand_prisoner_is_not_sent_to_a_programme_on_the_facts() -> None:
    facts = replace(LOIC, penal_category=PenalCategory.REMAND)
    assert of_service("programme_collectif", facts)["PPR2"].answer is Answer.NO
    assert of_service("ppaip", facts)["PP2"].answer is Answer.NO


def test_a_structure_of_tig_looks_at_the_measure_and_its_hours() -> None:
    found = of_service("structure_tig", replace(LOIC, measures=("TIG",), hours=105))
    assert (found["TIG1"].answer, plain(found["TIG2"].input)) == (Answer.YES, "105 heures")
    assert of_service("structure_tig", replace(LOIC, measures=("SP",)))["TIG1"].answer is Answer.NO
    assert of_service("structure_tig", LOIC)["TIG1"].answer is Answer.TO_CHECK


@pytest.mark.parametrize(("valid", "answer"), [(True, "oui"), (False, "non"), (None, "a_verifier")])
def test_the_paper_to_show_is_valid_or_not_or_unknown(valid: bool | None, answer: str) -> None:
    facts = replace(LOIC, document="carte nationale d’identité", document_valid=valid)
    assert of_service("france_travail", facts)["FT2"].answer == answer


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('check = "sentence_at_most"', 'check = "score"', "n’est pas parmi"),
        ("limit = 60\n", "", "demande un chiffre"),
        ('check = "detained"', 'check = "measure"', "nomme des mesures"),
        ('source = "pratique', 'origine = "pratique', "manque"),
    ],
)
def test_a_rule_that_cannot_be_computed_is_refused(before: str, after: str, reason: str) -> None:
    text = resource("rules", "ipro.toml").read_text("utf-8")
    assert before in text
    with pytest.raises(DefinitionError, match=reason):
        rules.parse(text.replace(before, after, 1).encode(), "ipro.toml")


def test_the_first_rules_kept_in_a_store_still_answer() -> None:
    """They named no check: their codes do."""
    kept = Path(__file__).parents[1] / "references" / "definitions" / "rules-mission_locale-1.toml"
    first = rules.parse(kept.read_bytes(), "mission_locale.toml")
    now = mission_locale(LOIC)
    before = answers(first.rules, LOIC, Thresholds())
    assert [(one.code, one.answer, one.input) for one in before] == [(one.code, one.answer, one.input) for one in now]


def test_the_first_catalogue_and_the_second_sheet_still_read_as_they_did() -> None:
    folder = Path(__file__).parents[1] / "references" / "definitions"
    old = fields.parse((folder / "fields-1.toml").read_bytes(), "fields.toml")
    form = sheets.parse((folder / "mission_locale-2.toml").read_bytes(), "mission_locale.toml", old)
    assert form.ground == fields.shipped().ground(("mission_locale",))
    assert {one.code for one in form.ticks if one.law} == {"piece", "sortie"}
    assert (form.recipients, form.rules, form.size) == (("mission_locale",), "mission_locale", "recto_verso")


def test_a_short_sentence_is_to_hand_over_now_and_never_late() -> None:
    facts = replace(LOIC, sentence_months=4, ecrou_on=date(2026, 10, 1), release=release_on(date(2027, 1, 20)))
    assert plain(rule(facts, "ML4").input) == "peine courte : à transmettre dès maintenant"


OCTOBER, NOVEMBER, JANUARY = date(2026, 10, 5), date(2026, 11, 1), date(2027, 1, 8)


@pytest.mark.parametrize(
    ("found", "answer", "said"),
    [
        (prepared(OCTOBER, NOVEMBER, "terminee"), Answer.YES, "du 05/10 au 01/11/2026"),
        (prepared(None, NOVEMBER, "terminee"), Answer.YES, "finie le 01/11/2026"),
        (prepared(OCTOBER, NOVEMBER, "interrompue"), Answer.TO_CHECK, "interrompue le 01/11/2026"),
        (prepared(OCTOBER, None, "interrompue"), Answer.TO_CHECK, "interrompue"),
        (prepared(OCTOBER, JANUARY, "en_cours"), Answer.NO, "finit le 08/01/2027"),
        (prepared(OCTOBER, JANUARY, "terminee"), Answer.NO, "finit le 08/01/2027"),
        (prepared(OCTOBER, NOVEMBER, "en_cours"), Answer.TO_CHECK, "devait finir le 01/11/2026"),
        (prepared(OCTOBER, None, "en_cours"), Answer.TO_CHECK, "commencée le 05/10/2026"),
        (prepared(JANUARY, None, "prevue"), Answer.TO_CHECK, "prévue le 08/01/2027"),
        (prepared(None, None, "prevue"), Answer.TO_CHECK, "dates à noter"),
        (None, Answer.TO_CHECK, "aucune préparation notée"),
    ],
)
def test_a_preparation_counts_once_it_was_carried_through(found: Preparation | None, answer: Answer, said: str) -> None:
    result = rule(replace(LOIC, preparation=found), "ML7")
    assert (result.answer, result.input) == (answer, said)


def test_the_one_that_was_carried_through_counts_before_a_newer_one() -> None:
    done, newer = prepared(OCTOBER, NOVEMBER, "terminee"), replace(prepared(JANUARY, None, "prevue"), id=UUID(int=9))
    assert latest_preparation([newer, done], TODAY) is done
    assert latest_preparation([newer], TODAY) is newer
    assert latest_preparation([], TODAY) is None


def test_in_the_open_no_date_is_asked() -> None:
    facts = replace(LOIC, milieu=Milieu.OPEN, release=None, penal_category=None, preparation=None)
    answers = {one.code: one.answer for one in mission_locale(facts)}
    assert answers["ML3"] is answers["ML4"] is Answer.NOT_CONCERNED
    assert answers["ML5"] is Answer.YES
    assert answers["ML7"] is Answer.TO_CHECK
    assert not legal_ground(facts)


def test_the_opinion_needs_its_reason() -> None:
    assert rule(replace(LOIC, near_employment_reason=" "), "ML6").answer is Answer.TO_CHECK
    assert rule(replace(LOIC, near_employment="non"), "ML6").answer is Answer.NO
    assert rule(replace(LOIC, near_employment=""), "ML6").answer is Answer.TO_CHECK


@pytest.mark.parametrize(
    ("home", "chosen", "answer"),
    [
        (Home(city="Orsanne", proven=True, served=True), True, "oui"),
        (Home(city="Orsanne", proven=True, served=False), True, "non"),
        (Home(city="Orsanne", proven=True, served=None), True, "a_verifier"),
        (Home(), True, "a_verifier"),
        (Home(city="Orsanne", proven=True, served=True), False, "a_verifier"),
    ],
)
def test_the_town_is_served_or_to_check(home: Home, chosen: bool, answer: str) -> None:
    assert rule(replace(LOIC, home=home, partner_chosen=chosen), "ML8").answer == answer


def test_the_agreement_is_read_from_its_event_and_blocks_no_printing() -> None:
    refused = replace(LOIC, agreement="no", agreement_on=TODAY, release=release_on(date(2027, 2, 1)))
    assert rule(refused, "ML9").answer is Answer.NO
    assert to_override(mission_locale(refused)) == ()
    assert rule(replace(LOIC, agreement="partial", agreement_on=TODAY), "ML9").answer is Answer.TO_CHECK
    assert rule(replace(LOIC, agreement="yes", agreement_on=TODAY), "ML9").answer is Answer.YES
    assert rule(replace(LOIC, agreement="withdrawn", agreement_on=TODAY), "ML9").answer is Answer.NO


# -- what never happens --------------------------------------------------------------------------------------

DAYS = st.dates(date(1940, 1, 1), date(2045, 12, 31))
NEAR = st.dates(TODAY - timedelta(days=800), TODAY + timedelta(days=4000))
FACTS = st.builds(
    Facts,
    today=st.just(TODAY),
    birth_date=st.none() | DAYS.filter(lambda day: day <= TODAY),
    sex=st.sampled_from(["", "M", "F"]),
    milieu=st.none() | st.sampled_from(Milieu),
    penal_category=st.none() | st.sampled_from(PenalCategory),
    sheet_as_of=st.none() | NEAR,
    ecrou_on=st.none() | NEAR,
    sentence_months=st.none() | st.integers(0, 240),
    release=st.none() | (st.none() | NEAR).map(release_on),
    rqth=st.sampled_from(["", "oui", "non", "en_cours", "a_verifier"]),
    rqth_until=st.none() | NEAR,
    near_employment=st.sampled_from(["", "oui", "non"]),
    near_employment_reason=st.sampled_from(["", "Projet écrit"]),
    preparation=st.none()
    | st.builds(
        Preparation,
        id=st.just(UUID(int=1)),
        person_id=st.just(UUID(int=2)),
        starts=st.none() | NEAR,
        ends=st.none() | NEAR,
        state=st.sampled_from(["prevue", "en_cours", "terminee", "interrompue"]),
    ),
    partner_chosen=st.booleans(),
    home=st.builds(Home, city=st.sampled_from(["", "Orsanne"]), proven=st.booleans(), served=st.none() | st.booleans()),
    agreement=st.sampled_from(["", "yes", "partial", "no", "refused_to_sign", "to_collect", "could_not_answer"]),
    agreement_on=st.just(TODAY),
)


@given(FACTS)
def test_nine_rules_always_answer_with_their_input(facts: Facts) -> None:
    results = mission_locale(facts)
    assert [one.code for one in results] == [f"ML{number}" for number in range(1, 10)]
    assert all(one.input.strip() and one.label for one in results)


@given(FACTS)
def test_what_is_not_known_is_never_a_no(facts: Facts) -> None:
    unknown = replace(facts, birth_date=None, release=None, penal_category=None, home=Home(), near_employment="")
    unknown = replace(unknown, preparation=None, agreement="")
    assert to_override(mission_locale(unknown)) == ()


@given(FACTS)
def test_the_law_covers_only_detained_adults_under_26(facts: Facts) -> None:
    age = facts.age
    assert legal_ground(facts) == (facts.milieu is Milieu.CUSTODY and age is not None and 18 <= age < 26)


@given(FACTS)
def test_the_window_says_one_thing(facts: Facts) -> None:
    found = window(facts)
    if found is None:
        return
    assert facts.milieu is Milieu.CUSTODY
    assert found.opens == dates.add_months(found.release, -6)
    assert found.is_open == (found.opens <= TODAY)
    assert not (found.days_before and found.late_days)
    text = rule(facts, "ML4").input
    if found.short_sentence:
        assert "retard" not in text
    assert ("délai court" in text) == (found.is_open and found.release < dates.add_months(TODAY, 1))


@given(FACTS)
def test_a_sentence_under_six_months_is_never_late(facts: Facts) -> None:
    short = replace(facts, sentence_months=5)
    assert "retard" not in rule(short, "ML4").input


@pytest.mark.parametrize(
    ("born", "rqth", "until", "inside"),
    [
        (date(1999, 3, 14), "oui", None, True),
        (date(1999, 3, 14), "oui", TODAY, True),
        (date(1999, 3, 14), "oui", date(2026, 11, 21), False),  # ended yesterday
        (date(1999, 3, 14), "en_cours", None, False),
        (date(2004, 3, 14), "oui", None, False),  # 22: no need to tell it
        (date(1990, 3, 14), "oui", None, False),
    ],
)
def test_the_rqth_is_told_only_while_it_opens_the_service(
    born: date, rqth: str, until: date | None, inside: bool
) -> None:
    assert in_rqth_band(replace(LOIC, birth_date=born, rqth=rqth, rqth_until=until)) is inside
