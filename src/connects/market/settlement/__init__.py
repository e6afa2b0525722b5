"""What became of payments: settled once, whoever brings the news, taken up again where a process died."""
