"""Remote ID: what drones broadcast of themselves over Wi-Fi and Bluetooth, after ASTM F3411-22a and ASD-STAN EN 4709-002."""

from outwork.store.formats.remote_id.messages import Message, decoded
from outwork.store.formats.remote_id.rows import Reader

__all__ = ["Message", "Reader", "decoded"]
