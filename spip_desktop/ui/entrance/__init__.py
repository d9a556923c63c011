"""The first things seen: first start, unlocking, recovery. Nothing heavy is imported here (design.md §3, « Start »)."""
