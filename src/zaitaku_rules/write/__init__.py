"""A report for people and programs: text in the terminal, JSON, JSON lines."""
