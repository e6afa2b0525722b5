"""The demo: a small marketplace that has lived for ninety days, played from a seed."""
