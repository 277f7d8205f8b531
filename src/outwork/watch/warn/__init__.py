"""Protected zones: when a track will be in one, and the alerts that say so once."""
