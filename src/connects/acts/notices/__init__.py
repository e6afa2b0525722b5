"""Telling people: the inbox, e-mails, and how each wants to hear of things."""
