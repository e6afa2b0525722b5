"""Purchases of Connects: orders of bundles, auto top-ups, and what became of each."""
