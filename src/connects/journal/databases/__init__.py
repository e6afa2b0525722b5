"""The databases that keep the journal: what they share in `sql`, and what each does its own way."""
