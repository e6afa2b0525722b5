"""PostgreSQL's own way: arrays, statements sent through libpq, optimistic posting, and Citus."""
