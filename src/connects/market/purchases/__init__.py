"""Purchases of Connects, and the payment methods that they are paid with."""
