"""Oversight of acts: a line in the audit, a count against a limit."""
