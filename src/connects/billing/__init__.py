"""Payment providers: one small port, and an adapter for each."""
