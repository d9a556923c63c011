"""Imports every module that declares tables, so that the schema is whole."""

from spip_desktop.db import (  # noqa: F401
    board_review,
    confidence,
    contribution,
    deadline,
    erasure,
    evaluation,
    event,
    officer,
    pacep,
    paper,
    partner,
    partner_public,
    person,
    prescription,
    schema,
    search,
    service_definition,
    situation,
    technical,
    todo,
)
