"""Answers made of plain values, and the words for them."""
