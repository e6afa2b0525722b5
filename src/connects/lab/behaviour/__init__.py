"""How people act: parameters with their meaning, bounds and sources."""
