"""Words of the prescription."""

REFUSALS: dict[str, str] = {}
