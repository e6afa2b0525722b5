"""Acts of staff: grant, correct, moderate, handle payments, run the staff itself."""
