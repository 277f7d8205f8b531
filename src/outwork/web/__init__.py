"""The service: one programme that many people open in a browser, and other programs by its API."""
