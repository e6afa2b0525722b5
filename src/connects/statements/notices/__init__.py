"""Notices: one table of all kinds, with who gets each, in which words, and its link."""
