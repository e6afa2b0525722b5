"""What only staff do: grant, correct, moderate, care for payments, run the staff itself."""
