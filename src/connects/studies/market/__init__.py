"""What studies of a simulated market found, and how that is told; no market is played here."""
