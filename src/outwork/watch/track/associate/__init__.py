"""Which detection belongs to which track: the best whole assignment, or joint probabilities."""
