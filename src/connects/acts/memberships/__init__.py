"""A membership's month: its start, its Connects, its rests and its end."""
