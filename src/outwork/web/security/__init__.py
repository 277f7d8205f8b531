"""Who is asking, whether it is really they, and how much they may ask for."""
