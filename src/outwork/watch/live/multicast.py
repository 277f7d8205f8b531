"""Groups of the network (multicast), to which radars send once for all who listen."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import struct


def is_group(host: str) -> bool:
    """Whether an address is that of a group; names of hosts are none."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_multicast
    return False


def listening(group: str, port: int) -> socket.socket:
    """Return a socket that hears what is sent to a group, beside others who do. OSError where the group cannot be joined."""
    six = ipaddress.ip_address(group).version == 6  # noqa: PLR2004  # of the internet protocol
    heard = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_DGRAM)
    try:
        heard.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        heard.setblocking(False)
        if six:
            heard.bind(("::", port))
            joined = socket.inet_pton(socket.AF_INET6, group) + struct.pack("@I", 0)
            heard.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, joined)
        else:
            heard.bind(("", port))
            joined = socket.inet_aton(group) + struct.pack("=I", socket.INADDR_ANY)
            heard.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, joined)
    except OSError:
        heard.close()
        raise
    return heard
