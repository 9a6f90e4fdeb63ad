"""Which addresses are of the public web, and which host names lead there."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from transforms.poll.faults import Fault

Resolve = Callable[[str, int], Sequence[str]]
"""Host name and port to addresses, in order of preference; raises `socket.gaierror`."""

_PROTOCOLS = IPv4Network("192.0.0.0/24")  # RFC 6890; only its first eight are known to ipaddress before 3.11.10
_UNICAST = IPv6Network("2000::/3")  # all that IANA has given out for the public Internet
_DOCUMENTATION = IPv6Network("3fff::/20")  # RFC 9637; unknown to ipaddress
_RELAY = IPv6Network("2002::/16")  # 6to4: carries an IPv4 address
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the whole IPv4 Internet, seen from an IPv6-only network


def resolve(host: str, port: int) -> Sequence[str]:
    """The system's resolver; it also reads the odd spellings, such as 2130706433 and 127.1 for 127.0.0.1."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for _family, _type, _protocol, _name, sockaddr in found))


def is_public(address: str) -> bool:
    """Whether an address belongs to the public web, in whatever form it is wrapped."""
    ip = ip_address(address)
    return _is_public_v4(ip) if isinstance(ip, IPv4Address) else _is_public_v6(ip)


def public_only(host: str, addresses: Sequence[str]) -> Sequence[str]:
    """The addresses of the public web among those a host name has.

    Raises:
        Fault: `private_address`, there is none.
    """
    public = [address for address in addresses if is_public(address)]
    if not public:
        raise Fault(
            "private_address",
            f"{host} is {', '.join(addresses)}, which is not on the public web; "
            "set private_network = true for this feed if it is meant",
        )
    return public


def refuse_private_literal(url: str) -> None:
    """Checks the address that a URL spells out, in any spelling; a name passes.

    Raises:
        Fault: `private_address`.
    """
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        public_only(host, ["127.0.0.1"])
    for spelled in (ip_address, _dotted):
        try:
            address = str(spelled(host))
        except (ValueError, OSError):
            continue
        public_only(host, [address])


def _dotted(host: str) -> str:
    return socket.inet_ntoa(socket.inet_aton(host))


def _is_public_v4(ip: IPv4Address) -> bool:
    return ip.is_global and not ip.is_multicast and ip not in _PROTOCOLS


def _is_public_v6(ip: IPv6Address) -> bool:
    if ip.ipv4_mapped:
        return _is_public_v4(ip.ipv4_mapped)
    if ip in _NAT64:
        return _is_public_v4(IPv4Address(int(ip) & 0xFFFFFFFF))
    if ip in _RELAY and ip.sixtofour:
        return _is_public_v4(ip.sixtofour)
    return ip in _UNICAST and ip.is_global and ip not in _DOCUMENTATION
