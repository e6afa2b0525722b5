"""Receipts and credit notes: written once, numbered without gaps."""
