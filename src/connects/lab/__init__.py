"""Seeded agents that live in the marketplace: for the demo now, for simulations later."""
