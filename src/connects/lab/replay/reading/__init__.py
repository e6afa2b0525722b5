"""Where a replay reads what is recorded: a marketplace's database, or files."""
