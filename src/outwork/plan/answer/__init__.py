"""A solution over steps, told as tables."""
