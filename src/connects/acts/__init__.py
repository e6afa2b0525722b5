"""What people and time do: one file for each act, so that the list of files is the list of features.

An act reads the clock once, opens the transaction, checks who may do it, moves Connects through the
journal, and tells whom it concerns. It answers with what happened, or with a refusal. What there is
(rows, facts, and how they are read) is in `market`, which knows nothing of acts.
"""
