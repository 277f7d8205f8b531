"""What would let more sites in: repairs, the cheapest set of them, investments, and the question put the other way."""
