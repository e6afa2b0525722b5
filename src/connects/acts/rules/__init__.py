"""Rule books of accounts: rollouts, moves, rolling back, and announcing it."""
