"""The directory of partners in a real store."""

import pytest

from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.services.context import Context
from spip_desktop.services.partner import PartnerDirectory


@pytest.fixture
def directory(context: Context) -> PartnerDirectory:
    return PartnerDirectory(context)


def test_a_partner_is_found_again_with_its_service_and_contact(directory: PartnerDirectory) -> None:
    id_ = directory.add("Mission locale du Pays de Valbrune")
    service = directory.get(id_).value.services[0]
    directory.save_service(id_, service.id, {"postal_codes": ("31999", "31998"), "works_in_prison": True})
    contact = directory.add_contact(id_, service.id)
    directory.save_contact(id_, service.id, contact, {"name": "Hugo Marchetti", "email": "h@ml.example"})
    stored = directory.get(id_).value
    assert stored.services[0].postal_codes == ("31999", "31998")
    assert stored.services[0].contacts[0].name == "Hugo Marchetti"
    assert [one.name for one in directory.summaries("val", kind="mission_locale")] == [stored.name]
    assert directory.summaries("orsanne") == []


def test_what_cannot_be_accepted_comes_back_and_the_rest_is_saved(directory: PartnerDirectory) -> None:
    id_ = directory.add("ML")
    saved = directory.save_fields(id_, {"siret": "123", "city": "Valbrune"})
    assert [(one.code, one.field) for one in saved.refused] == [("siret_format", "siret")]
    assert directory.get(id_).value.city == "Valbrune"
    assert not directory.save_fields(id_, {"siret": "123 456 789 01234"}, saved.lock).refused
    assert directory.get(id_).value.siret == "12345678901234"
    service = directory.get(id_).value.services[0].id
    wrong = directory.save_service(id_, service, {"postal_codes": ("3199",)})
    assert wrong.refused[0].code == "postal_codes_format"


def test_a_removed_service_and_contact_come_back_whole(directory: PartnerDirectory) -> None:
    id_ = directory.add("ML")
    service = directory.get(id_).value.services[0].id
    contact = directory.add_contact(id_, service)
    directory.save_contact(id_, service, contact, {"name": "Hugo"})
    removed = directory.remove_contact(id_, service, contact)
    assert directory.get(id_).value.services[0].contacts == ()
    directory.put_contact_back(id_, service, removed)
    whole = directory.remove_service(id_, service)
    assert directory.get(id_).value.services == ()
    directory.put_service_back(id_, whole)
    assert directory.get(id_).value.services[0].contacts[0].name == "Hugo"


def test_the_bin_hides_and_gives_back(directory: PartnerDirectory) -> None:
    id_ = directory.add("ML")
    directory.bin(id_)
    assert directory.summaries() == []
    directory.restore(id_)
    assert len(directory.summaries()) == 1


def test_an_inactive_partner_is_shown_only_when_asked(directory: PartnerDirectory) -> None:
    id_ = directory.add("ML")
    directory.save_fields(id_, {"active": False})
    assert directory.summaries() == []
    assert len(directory.summaries(with_inactive=True)) == 1
    assert directory.all() == []


def test_autosaves_share_one_line_of_the_journal(directory: PartnerDirectory, context: Context) -> None:
    id_ = directory.add("ML")
    for city in ("Val", "Valbr", "Valbrune"):
        directory.save_fields(id_, {"city": city})
    with context.store.reading() as tx:
        acts = [line.act for line in journal.lines_about(tx.connection, id_)]
    assert acts == ["add_partner", "modification"]


def test_a_stale_lock_is_refused(directory: PartnerDirectory) -> None:
    id_ = directory.add("ML")
    directory.save_fields(id_, {"city": "Valbrune"}, 1)
    with pytest.raises(Refusal) as refused:
        directory.save_fields(id_, {"city": "Orsanne"}, 1)
    assert refused.value.code == "changed_elsewhere"
