"""What a proposal costs, and why."""
