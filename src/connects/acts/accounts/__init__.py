"""Signing up, signing in, and who acts for an account."""
