"""Bringing in what another ledger held, and taking it back."""
