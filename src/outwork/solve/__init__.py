"""The only door to a solver: blocks, run, status, conflict, price."""
