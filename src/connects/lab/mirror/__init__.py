"""The laboratory held against the very code that the site runs."""
