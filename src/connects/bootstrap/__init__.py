"""Joins ports to adapters: which store the journal writes to, and which clock the edges read."""
