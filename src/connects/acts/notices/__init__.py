"""Notices and e-mails: the outbox, the inbox, and how each person wants to be told."""
