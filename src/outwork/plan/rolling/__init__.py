"""Rolling a programme forward: what is done becomes history, what is near stays as it was, what is far may move at a price."""
