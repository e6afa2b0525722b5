"""What an installation decides: its stores, providers, keys and logs; and the clock of the edges."""
