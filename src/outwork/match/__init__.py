"""Who could make a design, with whom, and what is missing."""
