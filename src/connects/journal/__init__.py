"""The journal: the one door through which credits move, and the memory of every movement."""
