"""The laboratory: what a rule change does, tried on a market before anyone lives under it."""
