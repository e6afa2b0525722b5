"""Connects that are given: for badges, interviews and promo codes."""
