"""The ledger: how Connects move, as pure functions over frozen values."""
