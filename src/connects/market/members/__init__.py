"""Which rule book holds for which account, and since when."""
