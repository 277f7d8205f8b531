"""Sites that together make a complete design: which, at what cost, by when, and what they lack."""
