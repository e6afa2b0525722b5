"""The marketplace as it stands: rows for people, jobs, proposals and purchases, and how to read them.

Each app has `models` (rows) and, where it is read, `selectors` (reads, by who may see). Some have tables
of facts and rules beside them, such as `permissions` and `states`. What people do with it is in `acts`.
"""
