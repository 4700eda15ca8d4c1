"""Addresses of pages: whose they are, whatever is written there."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

# Labels under which a country registers names: `yna.co.kr`, `aap.com.au`.
_REGISTRIES = frozenset("co com org net gov gob go ac edu or ne".split())


def host_of(address: str | None) -> str:
    """The host of an address without `www.`; an empty string if there is none, or the address is not one."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
    except ValueError:
        return ""


def site_of(host: str) -> str:
    """The name that was registered: `yna` of `en.yna.co.kr`; what is no host is returned as it is."""
    labels = host.split(".")
    if len(labels) > 2 and labels[-2] in _REGISTRIES:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else host


def domain_of(host: str) -> str:
    """What was registered, with what it was registered under: `yna.co.kr` of `en.yna.co.kr`."""
    labels = host.split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in _REGISTRIES else labels[-2:])


def joined(base: str | None, address: str) -> str:
    """An address, made whole by that of its page; as it is, where one of them is not an address."""
    try:
        return urljoin(base or "", address)
    except ValueError:
        return address
