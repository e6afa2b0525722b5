"""What the site knows of its own processes: when the worker was last through."""
