"""Closing an account, taking its data along, and erasing what is personal."""
