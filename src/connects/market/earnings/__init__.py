"""Members' earnings that are not withdrawn, as far as they pay for Connects."""
