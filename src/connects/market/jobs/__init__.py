"""Job posts: what a client asks for, what a proposal to it costs, and how it ended."""
