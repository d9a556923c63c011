"""Invented values for the papers: the person of the reference pictures, and the worst cases."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from spip_desktop.domain.follow_up import BatchSlip, PartnerLetter, SilentSheet, SlipLine
from spip_desktop.domain.plan_content import (
    CopyKept,
    CopyStep,
    PersonCopy,
    PlanAction,
    PlanAxis,
    PlanContent,
    PlanObjective,
)
from spip_desktop.domain.sheet import (
    LETTERHEAD_MAX,
    OBJECTIVE_MAX,
    Ask,
    Letterhead,
    SheetBlock,
    SheetContent,
    SheetField,
    SheetReturn,
)
from spip_desktop.forms import sheet as sheets

DAY = date(2026, 11, 22)
NUMBER, CODE = "7K3M9QXD", "F7K3QX"


def field(code: str, label: str, *values: str, note: str = "") -> SheetField:
    return SheetField(code=code, label=label, values=values, note=note)


BLOCKS = (
    SheetBlock(
        code="calendar",
        title="Calendrier",
        left=(
            field("release_expected", "Sortie prévisible", "juin 2027", note="susceptible de changer"),
            field("leave_possible", "Permission possible", "mars 2027"),
        ),
        right=(
            field("report_by", "Bilan souhaité avant le", "07/01/2027"),
            field("useful_date", "Date utile", "28/01/2027"),
        ),
    ),
    SheetBlock(
        code="person",
        title="La personne",
        left=(
            field("name", "Civilité, nom, prénom", "Monsieur PERRIN Loïc"),
            field("birth_date", "Né le", "14/03/2004"),
            field("reach_now", "Joindre aujourd’hui", "par la référente"),
            field("reach_after", "Joindre après", "06 39 98 45 12"),
        ),
        right=(
            field("commune", "Commune à la sortie", "Orsanne"),
            field("ml_after", "Sa mission locale ensuite", "Orsanne et vallées"),
            field("ml_known", "Déjà connu d’une ML", "oui, Orsanne, en 2022"),
            field("prefers", "Préfère", "le téléphone, l’après-midi"),
        ),
    ),
    SheetBlock(
        code="papers",
        title="Démarches",
        left=(
            field("identity_paper", "Pièce d’identité", "carte, en renouvellement"),
            field("may_work", "Autorisé à travailler", "oui"),
        ),
        right=(field("france_travail", "France Travail", "non"), field("bank", "Compte bancaire", "oui")),
    ),
    SheetBlock(
        code="path",
        title="Parcours",
        left=(
            field("level", "Niveau", "3, une année de CAP cuisine"),
            field("diploma", "Dernier diplôme", "brevet, 2019"),
            field("languages", "Langues", "français"),
            field("mobility", "Permis, mobilité", "sans permis, bus"),
        ),
        right=(
            field(
                "experience",
                "Expériences",
                "plongeur, 8 mois",
                "manutentionnaire, 5 mois",
                "commis de cuisine, 3 mois",
            ),
            field("digital", "Numérique", "téléphone, courriel à créer"),
        ),
        sentences=(field("ppaip", "", "Préparation (PPAIP) réalisée du 05/10/2026 au 01/11/2026."),),
    ),
    SheetBlock(
        code="availability",
        title="Disponibilité",
        half=True,
        sentences=(field("availability", "", "Du lundi au vendredi, temps plein, à partir de juillet 2027."),),
    ),
    SheetBlock(
        code="engaged",
        title="Déjà engagé",
        half=True,
        sentences=(field("engaged", "", "Pôle IPRO\u00a0: atelier CV fait en octobre 2026."),),
    ),
)
ANSWER = SheetReturn(
    title="Retour de la mission locale",
    send_before="07/01/2027",
    send_to=("c.vasseur@antenne-valbrune.example", "ou remis à la permanence"),
    parts=sheets.shipped("mission_locale").answer.parts,
    foot="Ce bilan pourra être versé au dossier et lu par le juge, la personne et son avocat.",
)
SHEET = SheetContent(
    code="mission_locale",
    title="Fiche de prescription – insertion professionnelle",
    sender=Letterhead(
        heading="De la part de",
        name="SPIP, antenne de Valbrune",
        lines=(
            "Référente\u00a0: Claire Vasseur",
            "Ligne directe\u00a0: 05 36 49 12 07",
            "c.vasseur@antenne-valbrune.example",
        ),
    ),
    recipient=Letterhead(
        heading="À l’attention de",
        name="Mission locale du Pays de Valbrune",
        lines=(
            "Conseiller\u00a0: Hugo Marchetti",
            "Permanence\u00a0: mardi 22/12/2026, 9\u00a0h\u00a030,",
            "maison d’arrêt de Valbrune",
        ),
    ),
    asks=(
        Ask(code="diagnostic", label="Diagnostic", ticked=True),
        Ask(code="pacea", label="PACEA"),
        Ask(code="cej", label="CEJ"),
        Ask(code="formation", label="Formation", ticked=True),
        Ask(code="emploi", label="Emploi, alternance, IAE", ticked=True),
        Ask(code="droits", label="Accès aux droits"),
        Ask(code="hebergement", label="Hébergement"),
    ),
    objective="Je veux reprendre en cuisine et passer un CAP, avec un patron qui me laisse ma chance.",
    not_asked="Ce qui ne vous est pas demandé\u00a0: un avis sur la situation judiciaire, ni sur la santé.",
    blocks=BLOCKS,
    agreement=(
        "J’ai lu ou on m’a lu cette fiche. J’accepte que ces informations, et elles seules, soient transmises à la "
        "mission locale indiquée. Je peux retirer cet accord pour l’avenir. Un refus n’est pas une sanction."
    ),
    foot=(
        "Transmission\u00a0: art. R. 240-6, 12° du code pénitentiaire (moins de 26 ans)\u00a0; "
        "autres informations\u00a0: accord de la personne. Réservé au destinataire."
    ),
    answer=ANSWER,
    referent="référente",
)


def longest(size: int) -> SheetContent:
    """The sheet with every free text as long as allowed, and every field `size` signs long."""
    text = ("Nguyễn œuvre métallurgiquement « çà et là », " * (size // 40 + 1))[:size].strip()

    def lengthened(one: SheetField) -> SheetField:
        return replace(one, values=(f"{one.code} {text} fin de {one.code}",))

    blocks = tuple(
        replace(
            block,
            left=tuple(map(lengthened, block.left)),
            right=tuple(map(lengthened, block.right)),
            sentences=tuple(map(lengthened, block.sentences)),
        )
        for block in BLOCKS
    )
    lines = ("w" * 20 + " " + "l" * 27,) * LETTERHEAD_MAX
    return replace(
        SHEET,
        blocks=blocks,
        objective=("Mes mots à moi, " * 20)[:OBJECTIVE_MAX],
        sender=replace(SHEET.sender, name="Service " + "m" * 40, lines=lines),
        recipient=replace(SHEET.recipient, name="Mission " + "m" * 40, lines=lines),
    )


def action(label: str, who: str, due: str, state: str = "À engager") -> PlanAction:
    return PlanAction(label=label, who=who, due=due, state=state)


PLAN = PlanContent(
    person="Monsieur Loïc PERRIN",
    frame="Titre de détention, condamné",
    service="SPIP, antenne de Valbrune",
    prepared_by="Claire Vasseur, CPIP",
    version=2,
    referent="référente",
    level="Régulier",
    level_reason="Projet qui se précise, sortie dans sept mois\u00a0; besoin d’être relancé sans être submergé.",
    strategy="D’abord le métier, parce qu’il en parle le plus, puis les papiers avant la sortie.",
    since="22/11/2026",
    next_review="22/05/2027",
    what_matters=("Avoir un métier, et qu’on me laisse ma chance.", "Être fier de ce que je fais de mes journées."),
    strengths="A tenu huit mois dans un emploi. Envie d’apprendre la cuisine. Une adresse possible.",
    axes=(
        PlanAxis(
            title="Axe 1. Travailler et se former",
            need="se qualifier dans un métier qui lui plaît",
            objectives=(
                PlanObjective(
                    number="1.1",
                    words="Reprendre en cuisine et passer un CAP avec un patron",
                    seen_by="contrat ou entrée en formation signés",
                    due="22/06/2027",
                    actions=(
                        action("Fiche pour la mission locale", "C. Vasseur", "22/12/2026"),
                        action("Entretien mensuel sur le projet", "C. Vasseur", "26/11/2026", "En cours"),
                    ),
                ),
                PlanObjective(
                    number="1.2",
                    words="Lire une recette sans qu’on m’aide",
                    seen_by="lit une fiche technique seul",
                    due="15/03/2027",
                    actions=(action("Remise à niveau, horaires à part", "RLE", "15/01/2027"),),
                ),
            ),
        ),
        PlanAxis(
            title="Axe 2. Préparer un toit et des papiers",
            need="une adresse sûre à la sortie",
            objectives=(
                PlanObjective(
                    number="2.1",
                    words="Avoir une adresse sûre le temps de trouver à côté",
                    seen_by="attestation et justificatif reçus",
                    due="04/12/2026",
                    actions=(action("Renouveler la carte d’identité", "lui, avec l’ASS", "15/12/2026", "En cours"),),
                ),
            ),
        ),
    ),
)
COPY = PersonCopy(
    person="Monsieur Loïc PERRIN",
    day="vendredi 20 novembre 2026",
    version=2,
    what_matters=PLAN.what_matters,
    strengths=(
        "Vous avez tenu huit mois dans un emploi, sans manquer un service. Vous avez envie d’apprendre la cuisine. "
        "Vous avez déjà une adresse possible."
    ),
    steps=(
        CopyStep(
            objective="Reprendre en cuisine et passer un CAP avec un patron.",
            you="Je contacte deux restaurants, je prépare mon CV.",
            we="Nous écrivons à la mission locale.",
            by="juin 2027",
        ),
        CopyStep(
            objective="Lire une recette sans qu’on m’aide.",
            you="J’essaie deux séances.",
            we="Nous cherchons des horaires à part.",
            by="mars 2027",
        ),
        CopyStep(
            objective="Avoir une adresse sûre le temps de trouver à côté.",
            you="Je demande l’attestation.",
            we="Nous vous aidons pour la carte d’identité.",
            by="décembre 2026",
        ),
    ),
    next_meeting="Le jeudi 26 novembre 2026 à 14\u00a0h\u00a030. Apportez votre CV, même s’il n’est pas fini.",
    kept=CopyKept.CELL,
    counsellor="conseillère",
)


def long_plan(axes: int, signs: int = 200) -> PlanContent:
    """A plan whose tables go over several pages, one of its objectives taller than a page when `signs` is large."""
    text = ("reprendre pied, pas à pas, " * (signs // 27 + 1))[:signs].strip()
    objective = replace(PLAN.axes[0].objectives[0], words=text)
    axis = replace(PLAN.axes[0], objectives=(objective, *PLAN.axes[0].objectives) * 6)
    return replace(PLAN, axes=(axis,) * axes)


NEUTRAL = replace(
    SHEET,
    neutral=True,
    sender=Letterhead(
        heading="De la part de",
        name="Claire Vasseur",
        lines=("Conseillère d’insertion", "05 36 49 12 07", "c.vasseur@exemple.example"),
    ),
    recipient=Letterhead(heading="À l’attention de", name="Mission locale du Pays de Valbrune"),
    not_asked="Ce qui ne vous est pas demandé\u00a0: un avis sur la santé.",
    referent="conseillère",
    blocks=tuple(
        replace(block, sentences=()) if block.code == "path" else block
        for block in BLOCKS
        if block.code not in ("calendar", "engaged")
    ),
    foot="Transmis avec l’accord de la personne. Réservé au destinataire.",
    answer=None,
)


def _silent(number: str, code: str, handed_on: date) -> SilentSheet:
    return SilentSheet(
        id=UUID(int=1),
        person_id=UUID(int=2),
        person="Loïc PERRIN",
        number=number,
        answer_code=code,
        handed_on=handed_on,
        due=DAY,
        report_wanted_by=date(2027, 1, 7),
        reminded_on=None,
        by_letter=True,
    )


LETTER = PartnerLetter(
    sender=SHEET.sender,
    recipient=Letterhead(
        heading="À l’attention de",
        name="Mission locale du Pays de Valbrune",
        lines=("12, place du Marché", "31999 Valbrune"),
    ),
    day=DAY,
    sheets=(_silent(NUMBER, CODE, date(2026, 10, 2)), _silent("8Y7JJ2M4", "H2K9WE", date(2026, 10, 9))),
    answer_to="c.vasseur@antenne-valbrune.example",
)
SLIP = BatchSlip(
    partner="Mission locale du Pays de Valbrune",
    place="maison d’arrêt de Valbrune",
    day=date(2026, 12, 22),
    lines=(
        SlipLine(hour="9 h", person="Loïc PERRIN", ecrou="12345", where="B, B 214", number=NUMBER, agreed=True),
        SlipLine(hour="9 h 30", person="Văn Đức NGUYỄN", ecrou="12399", where="A", number="8Y7JJ2M4", agreed=False),
    ),
)
