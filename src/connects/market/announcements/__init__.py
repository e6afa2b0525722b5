"""Announcements of rule books, and what members say to them."""
