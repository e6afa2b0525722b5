"""Which rule book holds for whom: rollouts, moves, rolling back, and announcing it."""
