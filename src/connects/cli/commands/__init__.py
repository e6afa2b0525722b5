"""The commands, one file for each; a subcommand with much of its own has a file beside it."""
