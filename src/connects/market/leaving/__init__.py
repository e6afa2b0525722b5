"""Leaving: closing an account, taking one's data along, and being erased while the ledger stays."""
