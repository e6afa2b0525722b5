"""What each event does to the Connects of a wallet: one file for a proposal, a purchase, a renewal ….

A movement is told everything it needs (frozen facts, the rule book, the instant) and answers with what
was posted and what others must hear of, or with a refusal. It neither reads a clock nor knows Django.
"""
