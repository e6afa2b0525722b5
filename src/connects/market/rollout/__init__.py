"""Moving accounts from one rule book to another: notices, cohorts, dry runs, pauses, roll-backs."""
