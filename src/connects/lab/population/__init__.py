"""Freelancers, clients and posts, drawn from a description of a marketplace."""
