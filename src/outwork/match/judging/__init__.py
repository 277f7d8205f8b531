"""Whether a site can do an operation: needs, offers, and the verdict on each pair."""
