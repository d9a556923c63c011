"""SPIP Desktop: the workstation of the French prison and probation counsellor (CPIP)."""

__version__ = "0.1.0"
__version_date__ = "22/11/2026"
