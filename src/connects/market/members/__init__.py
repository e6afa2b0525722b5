"""Enrolments: which rule book applies to which account, and since when."""
