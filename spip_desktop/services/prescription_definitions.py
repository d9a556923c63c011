"""The form, the rules and the catalogue that a sheet is read through: today's for a draft, its own once ready."""

from dataclasses import dataclass, replace

from spip_desktop.db import definition
from spip_desktop.db.service_definition import SERVICE_SHEETS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.definition import Definition, DefinitionError
from spip_desktop.domain.partner import Partner, PartnerService
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.service_definition import offered
from spip_desktop.forms import fields as catalogue
from spip_desktop.forms import rules as rulesets
from spip_desktop.forms import sheet as sheets
from spip_desktop.forms.fields import Fields
from spip_desktop.forms.rules import RuleSet
from spip_desktop.forms.sheet import SheetForm
from spip_desktop.services.prescription_sheet import nature_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    form: SheetForm
    rules: RuleSet
    fields: Fields

    def cited_by(self, prescription: Prescription) -> Prescription:
        """The sheet with the versions that it cites from the day it is ready."""
        return replace(
            prescription,
            sheet_version=self.form.version,
            rules_version=self.rules.definition.version,
            fields_version=self.fields.definition.version,
        )

    def keep(self, tx: Transaction) -> None:
        """Copy them into the store: the sheet is read through these copies for ever."""
        known: tuple[Definition, ...] = (self.form.definition, self.rules.definition, self.fields.definition)
        for one in known:
            definition.keep(tx, one.kind, one.code, one.version, one.content)


def forms_in_force(tx: Transaction) -> dict[str, SheetForm]:
    """Every sheet that may be started today, by code: ours, and over them those of the service."""
    forms = {one.code: one for one in sheets.every_shipped()}
    for code, own in offered(SERVICE_SHEETS.find(tx)).items():
        try:
            forms[code] = sheets.of_the_service(definition.content(tx, "sheet", code, own.version), code)
        except DefinitionError:
            continue  # made for another catalogue of fields: the settings say so, ours serves meanwhile
    return forms


def form_in_force(tx: Transaction, code: str) -> SheetForm:
    """The sheet of this code as it is started today; a code that nobody knows any more is the generic sheet."""
    forms = forms_in_force(tx)
    return forms.get(code) or forms["generique"]


def forms_for(tx: Transaction, partner: Partner, service: PartnerService) -> tuple[SheetForm, ...]:
    """The sheets that may be given to this service, the one made for its kind first."""
    nature = nature_of(partner, service)
    found = [one for one in forms_in_force(tx).values() if one.is_for(service.kind, nature)]
    return tuple(sorted(found, key=lambda one: (not one.recipients, len(one.natures), one.code)))


def in_force(tx: Transaction, code: str) -> Definitions:
    """Those of today: a draft was put to nobody yet, it follows the rules of the day."""
    form = form_in_force(tx, code)
    return Definitions(form=form, rules=rulesets.shipped(form.rules), fields=catalogue.shipped())


def of(tx: Transaction, prescription: Prescription) -> Definitions:
    """Those in force for a draft, the copies that a ready sheet cites for that sheet."""
    code = prescription.sheet_code
    if not prescription.is_frozen:
        return in_force(tx, code)
    fields, form = catalogue.shipped(), sheets.shipped_or_none(code)
    if prescription.fields_version != fields.definition.version:
        content = definition.content(tx, "reference", fields.definition.code, prescription.fields_version)
        fields = catalogue.parse(content, fields.definition.code)
    if form is None or prescription.sheet_version != form.version or fields is not catalogue.shipped():
        form = sheets.parse(definition.content(tx, "sheet", code, prescription.sheet_version), code, fields)
    rules = rulesets.shipped(form.rules)
    if prescription.rules_version != rules.definition.version:
        rules = rulesets.parse(definition.content(tx, "rules", form.rules, prescription.rules_version), form.rules)
    return Definitions(form=form, rules=rules, fields=fields)
