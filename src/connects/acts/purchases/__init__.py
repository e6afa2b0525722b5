"""What members pay for: Connects and plans, at once or automatically, until it is delivered."""
