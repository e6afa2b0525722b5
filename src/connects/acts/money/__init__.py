"""Money that moves: taken, settled, given back, paid out, and written on documents."""
