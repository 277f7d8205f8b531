"""Cursor on Target: the picture as events, for maps that others carry; as XML, and as messages of the TAK protocol."""

from outwork.store.formats.cot.event import Event, Options, event, events
from outwork.store.formats.cot.markup import xml
from outwork.store.formats.cot.tak import mesh, stream

__all__ = ["Event", "Options", "event", "events", "mesh", "stream", "xml"]
