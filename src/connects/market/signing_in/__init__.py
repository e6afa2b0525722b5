"""Signing in: from where, how often one may be wrong, and which sessions are open."""
