"""Proof that the journal is whole: `connects verify`, its checkpoints, and the signed daily roots."""
