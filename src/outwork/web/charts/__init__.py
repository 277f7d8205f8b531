"""Drawings made by the server: rows to SVG, as pure functions that say the same bytes for the same rows."""
