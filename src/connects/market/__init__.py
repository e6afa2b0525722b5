"""The marketplace: real rows for people, jobs, proposals and purchases, in use of the core.

Each app has the same few files: `models` (rows), `facts` (row to frozen facts), `services` (writes, one
transaction each), `selectors` (reads, by who may see).
"""
