"""Rules that run: stories on a timeline, played on the marketplace itself."""
