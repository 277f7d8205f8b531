"""Other ways to do the same work. Each is started in a process of its own: two of them cannot be loaded together."""
