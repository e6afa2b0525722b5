"""Acts of people and of time: one file for each, so that the list of files is the list of features.

An act reads the clock once, opens the transaction, checks who may do it, moves Connects through the
journal, and enqueues notices. It returns what happened, or a refusal. What there is (rows, facts, and
how they are read) is in `market`, which knows nothing of acts.
"""
