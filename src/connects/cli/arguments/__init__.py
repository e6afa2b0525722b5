"""What commands are told: a file of posts, a rule book, a model."""
