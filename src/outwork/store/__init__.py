"""The only home of files and databases: programmes in, programmes out, and every fault in them named."""

from outwork.store.door import Reading, load, load_results, read, save, save_results

__all__ = ["Reading", "load", "load_results", "read", "save", "save_results"]
