"""Flags on posts, the moderators' queue, suspensions."""
