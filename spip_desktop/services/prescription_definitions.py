"""The form, the rules and the catalogue that a sheet is read through: today's for a draft, its own once ready."""

from dataclasses import dataclass, replace

from spip_desktop.db import definition
from spip_desktop.db.store import Transaction
from spip_desktop.domain.definition import Definition
from spip_desktop.domain.prescription import Prescription
from spip_desktop.forms import fields as catalogue
from spip_desktop.forms import rules as rulesets
from spip_desktop.forms import sheet as sheets
from spip_desktop.forms.fields import Fields
from spip_desktop.forms.rules import RuleSet
from spip_desktop.forms.sheet import SheetForm


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


def in_force(code: str) -> Definitions:
    """Those that we ship: a draft was put to nobody yet, it follows the rules of the day."""
    return Definitions(form=sheets.shipped(code), rules=rulesets.shipped(code), fields=catalogue.shipped())


def of(tx: Transaction, prescription: Prescription) -> Definitions:
    """Those in force for a draft, the copies that a ready sheet cites for that sheet."""
    code, now = prescription.sheet_code, in_force(prescription.sheet_code)
    if not prescription.is_frozen:
        return now
    rules, fields, form = now.rules, now.fields, now.form
    if prescription.rules_version != rules.definition.version:
        rules = rulesets.parse(definition.content(tx, "rules", code, prescription.rules_version), code)
    if prescription.fields_version != fields.definition.version:
        content = definition.content(tx, "reference", fields.definition.code, prescription.fields_version)
        fields = catalogue.parse(content, fields.definition.code)
    if prescription.sheet_version != form.version or fields is not now.fields:
        content = definition.content(tx, "sheet", code, prescription.sheet_version)
        form = sheets.parse(content, code, fields.by_code)
    return Definitions(form=form, rules=rules, fields=fields)
