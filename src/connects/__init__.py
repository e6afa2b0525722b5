"""Connects runs the proposal credits of a marketplace."""

__version__ = "0.2.0"
