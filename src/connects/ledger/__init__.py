"""How Connects move: pure functions over frozen values."""
