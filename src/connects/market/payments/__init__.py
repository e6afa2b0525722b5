"""Payments: members' methods and their order, the provider behind each, taxes, the charge itself."""
