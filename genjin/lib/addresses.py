"""Which network addresses lie on the public internet (security I5).

Private, loopback, link-local, shared, reserved, multicast and documentation ranges do not; nor do the IPv6
ranges that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo, ISATAP), which would lead back to them.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Network, ip_address, ip_network

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "192.88.99.0/24",  # 6to4 relays
            "168.63.129.16/32",  # a cloud's internal service under a public number
            "2001::/23",  # Teredo and other protocol assignments
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        ),
    )
)
_ISATAP = (bytes.fromhex("00005efe"), bytes.fromhex("02005efe"))


def is_public(text: str) -> bool:
    """Whether `text` is an IPv4 or IPv6 address of the public internet; False for anything that is none."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if any(address in network for network in _NOT_PUBLIC if network.version == address.version):
        return False
    if isinstance(address, IPv4Address):
        return True
    return address in _GLOBAL_UNICAST and address.packed[8:12] not in _ISATAP
