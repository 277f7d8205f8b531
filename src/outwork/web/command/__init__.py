"""The service at the terminal: `outwork serve`, `outwork account` and `outwork audit`."""
