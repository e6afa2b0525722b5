"""A marketplace with its own freelancers, jobs and proposals. Connects charges the proposals."""
