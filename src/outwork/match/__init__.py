"""Who could make it, with whom, and what is missing: operations against what sites say of themselves."""
