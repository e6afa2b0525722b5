"""Connects that come without being bought: grants, rewards, codes, and what comes back."""
