"""The public directory imported: what is kept, written anew, marked, refused; and what is never touched."""

from dataclasses import replace
from pathlib import Path

import pytest

from spip_desktop.db import journal
from spip_desktop.db.partner_public import PUBLIC_IMPORTS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.partner import PartnerNature
from spip_desktop.domain.partner_public import RowKind
from spip_desktop.services import pace, partner_import
from spip_desktop.services.context import Context
from spip_desktop.services.partner import PartnerDirectory
from spip_desktop.services.partner_import import Preview
from spip_desktop.services.partner_public import PublicDirectory
from tests.public_files import Row, service, structure, write
from tests.store_fixtures import MovableClock


class Stopped(Exception):  # noqa: N818  stands for the officer's « Arrêter »
    pass


def silently(done: int, total: int) -> None:
    """Nobody looks."""


@pytest.fixture
def backups() -> list[str]:
    return []


@pytest.fixture
def public(context: Context, backups: list[str]) -> PublicDirectory:
    return PublicDirectory(context, lambda: backups.append("made"))


@pytest.fixture
def partners(context: Context) -> PartnerDirectory:
    return PartnerDirectory(context)


def look(
    public: PublicDirectory,
    folder: Path,
    services: list[Row],
    structures: list[Row] | None = None,
    departments: tuple[str, ...] = ("31",),
) -> Preview:
    files = [write(folder, "services.json", services)]
    files += [write(folder, "structures.json", structures)] if structures is not None else []
    return public.imports.look(files, departments, silently)


def bring_in(
    public: PublicDirectory, folder: Path, services: list[Row], structures: list[Row] | None = None
) -> Preview:
    preview = look(public, folder, services, structures)
    public.imports.carry_out(preview, silently)
    return preview


def names(public: PublicDirectory, typed: str = "") -> list[str]:
    return [hit.service.name for hit in public.search(typed)]


# -- what is kept --------------------------------------------------------------------------------------------


def test_looking_writes_nothing(public: PublicDirectory, tmp_path: Path) -> None:
    preview = look(public, tmp_path, [service(1), service(2)], [structure()])
    assert preview.counts[RowKind.SERVICE].new == 2
    assert preview.counts[RowKind.STRUCTURE].new == 1
    assert public.count() == 0
    assert public.last() is None


def test_a_service_is_kept_for_where_it_is_or_whom_it_serves(public: PublicDirectory, tmp_path: Path) -> None:
    away: Row = {"code_insee": "69001", "code_postal": "69001"}
    nowhere: Row = {"code_insee": None, "code_postal": None}
    rows = [
        service(1, nom="Ici"),
        service(2, nom="Par le code postal", code_insee=None),
        service(3, nom="Ailleurs", **away, zone_eligibilite=["69"]),
        service(4, nom="Ailleurs pour ici", **away, zone_eligibilite=["69", "31555"]),
        service(5, nom="À distance pour ici", **nowhere, zone_eligibilite=["31"]),
        service(6, nom="À distance pour tous", **nowhere, zone_eligibilite=["france"]),
        service(7, nom="Nulle part", **nowhere, zone_eligibilite=None),
    ]
    bring_in(public, tmp_path, rows)
    assert sorted(names(public)) == ["Ailleurs pour ici", "Ici", "Par le code postal", "À distance pour ici"]


def test_without_a_department_everything_is_kept(public: PublicDirectory, tmp_path: Path) -> None:
    rows = [service(1, code_insee="69001"), service(2, code_insee=None, code_postal=None)]
    assert look(public, tmp_path, rows, departments=()).counts[RowKind.SERVICE].new == 2


def test_the_structure_of_a_kept_service_comes_from_wherever_it_is(public: PublicDirectory, tmp_path: Path) -> None:
    structures = [structure(1, code_insee="75101"), structure(2, code_insee="75101")]
    preview = bring_in(public, tmp_path, [service(1)], structures)
    assert preview.counts[RowKind.STRUCTURE].new == 1
    assert public.search("")[0].structure == "Structure 1 de Valbrune"


def test_each_row_that_is_refused_is_told_with_its_reason(public: PublicDirectory, tmp_path: Path) -> None:
    rows = [
        service(1),
        service(2, nom="Aa"),
        service(3, date_maj="hier"),
        service(4, description=None),
        service(5, code_postal="3199", code_insee=None, zone_eligibilite=["31"]),
        service(6, thematiques="emploi"),
        service(7, telephone=536520441),
        service(1),
        service(8, nom="N" * 151),
    ]
    preview = look(public, tmp_path, rows)
    assert [(one.row, one.id, one.reason, one.field) for one in preview.rejected] == [
        (2, "dora--2", "name_length", "nom"),
        (3, "dora--3", "bad_format", "date_maj"),
        (4, "dora--4", "missing", "description"),
        (5, "dora--5", "bad_format", "code_postal"),
        (6, "dora--6", "not_a_list", "thematiques"),
        (7, "dora--7", "not_a_text", "telephone"),
        (8, "dora--1", "twice", "id"),
        (9, "dora--8", "name_length", "nom"),
    ]
    assert preview.counts[RowKind.SERVICE].new == 1


def test_a_value_that_our_lists_do_not_know_is_told_and_kept(public: PublicDirectory, tmp_path: Path) -> None:
    preview = bring_in(public, tmp_path, [service(1, thematiques=["voyage--lune"], type="fusee")])
    assert dict(preview.unknown) == {"type : fusee": 1, "thematiques : voyage--lune": 1}
    assert public.search("", theme="voyage--lune")[0].service.kind == "fusee"


# -- another file --------------------------------------------------------------------------------------------


def test_another_file_writes_what_moved_and_marks_what_vanished(
    public: PublicDirectory, tmp_path: Path, moving: MovableClock
) -> None:
    bring_in(public, tmp_path, [service(1), service(2), service(3)])
    moving.move(days=7)
    preview = bring_in(public, tmp_path, [service(1), service(2, nom="Un autre nom"), service(4)])
    counts = preview.counts[RowKind.SERVICE]
    assert (counts.same, counts.changed, counts.new, counts.vanished) == (1, 1, 1, ["dora--3"])
    assert "Un autre nom" in names(public)
    assert public.count() == 3
    last = public.last()
    assert last is not None
    assert (last.new, last.changed, last.vanished, last.departments) == (1, 1, 1, ("31",))
    again = bring_in(public, tmp_path, [service(1), service(2), service(3), service(4)])
    assert again.counts[RowKind.SERVICE].new == 1  # it came back


def test_what_is_of_another_department_does_not_vanish(public: PublicDirectory, tmp_path: Path) -> None:
    bring_in(public, tmp_path, [service(1)])
    rows = [service(2, code_insee="69001")]
    preview = look(public, tmp_path, rows, departments=("69",))
    assert preview.counts[RowKind.SERVICE].vanished == []
    assert look(public, tmp_path, rows).counts[RowKind.SERVICE].vanished == ["dora--1"]  # asked for, it does


def test_a_second_import_of_the_same_file_changes_nothing(public: PublicDirectory, tmp_path: Path) -> None:
    bring_in(public, tmp_path, [service(1)], [structure()])
    assert look(public, tmp_path, [service(1)], [structure()]).written == 0


def test_a_file_that_changed_since_it_was_looked_at_is_refused(public: PublicDirectory, tmp_path: Path) -> None:
    preview = look(public, tmp_path, [service(1)])
    write(tmp_path, "services.json", [service(1), service(2)])
    with pytest.raises(Refusal, match="public_file_changed"):
        public.imports.carry_out(preview, silently)
    assert public.count() == 0


def test_two_files_of_the_same_kind_are_refused(public: PublicDirectory, tmp_path: Path) -> None:
    files = [write(tmp_path, name, [service(1)]) for name in ("a.json", "b.json")]
    with pytest.raises(Refusal, match="public_same_kind"):
        public.imports.look(files, ("31",), silently)


# -- stopping, backing up ------------------------------------------------------------------------------------


def test_stopped_it_keeps_whole_slices_and_the_next_one_ends_the_work(
    public: PublicDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MOST", 50)
    rows = [service(n) for n in range(450)]
    preview = look(public, tmp_path, rows)

    def stop(done: int, total: int) -> None:
        if public.count() >= 150:
            raise Stopped

    with pytest.raises(Stopped):
        public.imports.carry_out(preview, stop)
    assert 0 < public.count() < 450
    assert public.last() is None
    assert look(public, tmp_path, rows).counts[RowKind.SERVICE].new == 450 - public.count()
    bring_in(public, tmp_path, rows)
    assert public.count() == 450


def test_a_large_import_begins_with_a_backup_and_a_small_one_does_not(
    public: PublicDirectory, tmp_path: Path, backups: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partner_import, "LARGE", 3)
    bring_in(public, tmp_path, [service(1), service(2)])
    assert backups == []
    bring_in(public, tmp_path, [service(n) for n in range(3, 8)])
    assert backups == ["made"]


def test_without_its_backup_nothing_is_written(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise Refusal("backup_not_verified")

    monkeypatch.setattr(partner_import, "LARGE", 1)
    public = PublicDirectory(context, refuse)
    preview = look(public, tmp_path, [service(1)])
    with pytest.raises(Refusal, match="backup_not_verified"):
        public.imports.carry_out(preview, silently)
    assert public.count() == 0


def test_the_journal_tells_that_it_began_and_ended(public: PublicDirectory, context: Context, tmp_path: Path) -> None:
    bring_in(public, tmp_path, [service(n) for n in range(250)])
    with context.store.reading() as tx:
        (told,) = PUBLIC_IMPORTS.find(tx)
        acts = [line.act for line in journal.lines_about(tx.connection, told.id)]
    assert acts == ["import_directory_begun", "import_directory"]


# -- partners taken from it ----------------------------------------------------------------------------------


def test_a_service_is_taken_with_its_structure_and_the_usual_nature(
    public: PublicDirectory, partners: PartnerDirectory, tmp_path: Path
) -> None:
    bring_in(public, tmp_path, [service(1), service(2)], [structure(reseaux_porteurs=["csapa"])])
    id_ = public.take("dora--1")
    assert public.take("dora--2") == id_
    assert public.take("dora--1") == id_
    taken = partners.get(id_).value
    assert (taken.name, taken.nature, taken.siret) == (
        "Structure 1 de Valbrune",
        PartnerNature.HEALTH,
        "12345678901234",
    )
    assert [(one.kind, one.source_id, one.city) for one in taken.services] == [
        ("csapa", "dora--1", "Valbrune"),
        ("csapa", "dora--2", "Valbrune"),
    ]


def test_what_a_partner_cannot_have_is_left_out_and_the_rest_taken(
    public: PublicDirectory, partners: PartnerDirectory, tmp_path: Path
) -> None:
    bring_in(public, tmp_path, [service(1, telephone="à l’accueil", courriel="personne")], [structure()])
    taken = partners.get(public.take("dora--1")).value.services[0]
    assert (taken.phone, taken.email, taken.city) == ("", "", "Valbrune")


def test_a_partner_follows_the_directory_except_where_it_was_written_by_hand(
    public: PublicDirectory, partners: PartnerDirectory, tmp_path: Path
) -> None:
    bring_in(public, tmp_path, [service(1)], [structure()])
    id_ = public.take("dora--1")
    taken = partners.get(id_).value.services[0]
    partners.save_fields(id_, {"phone": "05 00 00 00 00", "nature": PartnerNature.MANDATED})
    partners.save_service(id_, taken.id, {"works_in_prison": True, "permanence": "le mardi", "kind": "siao"})
    contact = partners.add_contact(id_, taken.id)
    partners.save_contact(id_, taken.id, contact, {"name": "Hugo Marchetti"})
    before = partners.get(id_).value
    bring_in(
        public,
        tmp_path,
        [service(1, adresse="1, rue Neuve", telephone="0500000001")],
        [structure(adresse="2, rue Neuve", telephone="05 99 99 99 99", nom="Structure renommée")],
    )
    after = partners.get(id_).value
    assert after == replace(
        before,
        name="Structure renommée",
        address="2, rue Neuve",
        services=(replace(before.services[0], address="1, rue Neuve", phone="0500000001"),),
    )


def test_a_partner_that_left_the_directory_stays_and_says_so(
    public: PublicDirectory, partners: PartnerDirectory, tmp_path: Path
) -> None:
    bring_in(public, tmp_path, [service(1)], [structure()])
    id_ = public.take("dora--1")
    assert not public.gone(id_)
    before = partners.get(id_).value
    bring_in(public, tmp_path, [service(2)], [structure()])
    assert public.gone(id_)
    assert partners.get(id_).value == before
