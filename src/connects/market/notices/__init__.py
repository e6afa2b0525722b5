"""What others must hear of: the outbox, and the inbox that it is delivered to."""
