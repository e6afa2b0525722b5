"""Limits on how often someone may act: rules of the product, counted in the database."""
