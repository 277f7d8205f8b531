"""SAPIENT, live: an edge node that registers and reports, and a fusion node with which others do.

`edge` and `fusion` decide, without waiting, what to answer to what comes; `client` and `server` carry that over TCP. What
messages are in bytes, and whether they are valid, is known by a codec that is handed in.
"""
