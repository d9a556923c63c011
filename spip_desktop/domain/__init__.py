"""Values and rules. The standard library only."""
