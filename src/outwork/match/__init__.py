"""Who could make it, with whom, and what is missing."""
