"""Invented values for the papers: the person of the reference pictures, and the worst cases."""

from dataclasses import replace
from datetime import date

from spip_desktop.domain.sheet import (
    LETTERHEAD_MAX,
    OBJECTIVE_MAX,
    Answer,
    AnswerKind,
    AnswerPart,
    Ask,
    Letterhead,
    SheetBlock,
    SheetContent,
    SheetField,
    SheetReturn,
)

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
    parts=(
        AnswerPart(
            title="Premier contact",
            answers=(Answer(kind=AnswerKind.BLANKS, labels=("Fiche reçue le", "Rendez-vous le")),),
        ),
        AnswerPart(
            title="Suite donnée",
            answers=(
                Answer(
                    kind=AnswerKind.CHOICES,
                    labels=("accompagnement commencé", "orienté vers", "non commencé, motif"),
                    written=("orienté vers", "non commencé, motif"),
                ),
            ),
        ),
        AnswerPart(
            title="Rendez-vous",
            answers=(Answer(kind=AnswerKind.BLANKS, labels=("Proposés, nombre", "Honorés, nombre")),),
        ),
        AnswerPart(
            title="Dispositif signé",
            answers=(
                Answer(
                    kind=AnswerKind.ROW,
                    labels=("PACEA", "CEJ", "Formation", "Emploi", "Alternance", "IAE", "Autre"),
                ),
                Answer(kind=AnswerKind.BLANKS, labels=("Lequel", "Depuis le")),
            ),
        ),
        AnswerPart(title="Prochaines étapes", answers=(Answer(kind=AnswerKind.LINES, count=4),)),
        AnswerPart(title="À ajuster avec le service", answers=(Answer(kind=AnswerKind.LINES, count=3),)),
    ),
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
        "Transmission\u00a0: art. R. 240-6, 12° du code pénitentiaire (moins de 26 ans)\u00a0; autres informations\u00a0: "
        "accord de la personne. Réservé au destinataire."
    ),
    answer=ANSWER,
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
