"""A synthetic nation: user-months as tables, drawn by lot from a seed. No real person, no real office."""
