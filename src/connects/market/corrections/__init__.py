"""Corrections by staff that may need a second person: one proposes, another agrees, and it is done."""
