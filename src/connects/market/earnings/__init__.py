"""What members have earned and not yet withdrawn, as far as it pays for Connects."""
