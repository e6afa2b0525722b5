"""The books: what moved, of money and of Connects, as double entry."""
