"""What the fields of a message must satisfy together: one file per kind of message, and `table` of who judges what."""
