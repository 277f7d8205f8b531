"""From a solution to the tables of a plan."""
