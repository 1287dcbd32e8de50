"""Months as they are seen while they run: what arrived by a day, what may still come, and who acts on it."""
