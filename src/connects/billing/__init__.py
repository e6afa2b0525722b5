"""How money is taken: one small port, and an adapter for each way to pay."""
