"""Connects runs the proposal credits of a marketplace."""
