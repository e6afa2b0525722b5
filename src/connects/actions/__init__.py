"""What can be done: one file for each thing, so that the list of files is the list of features.

An action is told everything it needs (frozen facts, the rule book, the instant) and answers with what
was posted and what others must hear of, or with a refusal. It neither reads a clock nor knows Django.
"""
