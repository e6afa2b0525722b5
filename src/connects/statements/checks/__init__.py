"""What people read before an act that takes something away: the loss first, in numbers."""
