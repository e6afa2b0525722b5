"""How fast the laboratory plays a market, and how that compares with Mesa, in one run."""
