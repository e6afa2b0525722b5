"""Purchases of Connects and plans, at once or automatically, until delivery."""
