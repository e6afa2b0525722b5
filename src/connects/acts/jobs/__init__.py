"""Publishing, editing, flagging and ending posts."""
