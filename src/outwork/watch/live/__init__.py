"""The live edge of `watch`: the only room of a verb that waits for a clock, a socket or a key.

Everything that can be decided without waiting is decided by plain values and functions, to which the time is handed:
`intake` and what it is made of. Only `sources`, `sinks`, `supervisor` and `loop` know asyncio. Formats and the tracker are
handed in, so nothing here knows what bytes mean or how a track is made.
"""
