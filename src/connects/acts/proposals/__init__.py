"""Proposing to a job, and everything that becomes of a proposal."""
