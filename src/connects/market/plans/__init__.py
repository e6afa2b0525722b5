"""Memberships: plans, their billing cycles, their payments."""
