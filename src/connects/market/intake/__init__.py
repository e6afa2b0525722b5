"""What another ledger held at one instant: its files, what is wrong with them, and what came in."""
