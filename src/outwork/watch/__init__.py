"""Sensors to tracks: one picture of what is flying, with honest uncertainty."""
