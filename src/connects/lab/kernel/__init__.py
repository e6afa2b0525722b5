"""The fast part: exact wallets, the rule book as tables, and the market day by day, in compiled code."""
