"""Publishing events, and delivering them to endpoints."""
