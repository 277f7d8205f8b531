"""ASTERIX, the surveillance messages of EUROCONTROL: categories 034, 048 and 062, from bytes to rows.

`decode.blocks` turns bytes into records, `rows` turns records into `detections` and `sensors`. What each item holds is
declared in one file for each category, after the public specifications.
"""

from outwork.store.formats.asterix.decode import Record, decoded
from outwork.store.formats.asterix.rows import Reader

__all__ = ["Reader", "Record", "decoded"]
