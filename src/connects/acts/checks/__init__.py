"""What an act would do, in the numbers that the act itself goes by; one function for each act."""
