"""Recordings: what arrived and what was made of it, in one file of MCAP that other tools open too (mcap.dev).

Each table is a channel of its name, each row a message: JSON with the columns that are not blank, logged at the instant at
which it arrived and published at the instant that it tells. The same rows in the same order give the same bytes.
"""

from outwork.store.formats.recording.reading import Arrival, Recording, arrivals, read
from outwork.store.formats.recording.writing import CHANNELS, Recorder, write

__all__ = ["CHANNELS", "Arrival", "Recorder", "Recording", "arrivals", "read", "write"]
