"""The marketplace's books: money that moved, closed months, and what providers say."""
