"""The only home of files and databases: programmes in, programmes out, and every fault in them named."""

from outwork.store.door import Reading, load, load_results, read, save, save_results
from outwork.store.overlay import Overlay, apply, described, diff

__all__ = ["Overlay", "Reading", "apply", "described", "diff", "load", "load_results", "read", "save", "save_results"]
