"""The outbox of events, and the inbox that they are delivered to."""
