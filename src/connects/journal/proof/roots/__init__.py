"""Signed roots: each day one hash over all wallets, by which members can check their own statements."""
