"""What happens because time has come."""
