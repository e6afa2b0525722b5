"""Arguments of commands: a file of posts, a rule book, a model."""
