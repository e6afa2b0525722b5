"""Programs of a marketplace that Connects stands beside, and their server keys."""
