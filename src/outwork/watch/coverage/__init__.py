"""Where a laydown of sensors looks, where it does not, and where one more would help most."""
