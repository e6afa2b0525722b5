"""What every act may have to do: leave a line in the audit, count against a limit."""
