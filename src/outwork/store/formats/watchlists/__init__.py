"""Lists of people and firms that others have named, as their publishers write them."""

from outwork.store.formats.watchlists.door import Format, read, recognised

__all__ = ["Format", "read", "recognised"]
