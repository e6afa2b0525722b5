"""What waits for staff, over all apps."""
