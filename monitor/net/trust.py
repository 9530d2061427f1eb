"""Whose certificates are believed."""

from __future__ import annotations

import ssl

import httpx2

from monitor.errors import SourceUnavailable


def trusting(ca_file: str | None) -> ssl.SSLContext:
    """The system's authorities, or those of a file. Raises SourceUnavailable."""
    if ca_file is None:
        return httpx2.create_ssl_context()
    try:
        return ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise SourceUnavailable(f"{ca_file} holds no certificates: {error}") from None
