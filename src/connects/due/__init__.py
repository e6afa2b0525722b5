"""Due work: what happens because its time has come."""
