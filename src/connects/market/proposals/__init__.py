"""Proposals: who proposed to what, what they paid, and what came back."""
