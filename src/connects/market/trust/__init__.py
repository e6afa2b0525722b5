"""Acts of staff, each with its line in the audit."""
