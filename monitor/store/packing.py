"""Bytes made small: alone, or as what they say anew beside other bytes that both sides know.

Pure: what is packed with a base is unpacked with the same one. Each frame bears a checksum of its
bytes, so that one that was damaged, or laid over a wrong base, is never taken for what was written.
"""

from __future__ import annotations

import sys
from typing import Final

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PackingError = (zstd.ZstdError, ValueError, EOFError, OverflowError, MemoryError)
"""What unpacking raises for bytes that `pack` cannot have made."""

LEVEL: Final = 3
"""Of zstd; 9 takes five times as long, and saves a tenth."""

_PARAMETER = zstd.CompressionParameter
_WIDEST: Final = 27  # what every reader takes: 128 MiB back


def pack(data: bytes, base: bytes | None = None) -> bytes:
    """`base` has eight bytes at least."""
    reach = (len(data) + len(base or b"")).bit_length()
    options: dict[int, int] = {
        _PARAMETER.compression_level: LEVEL,
        _PARAMETER.checksum_flag: 1,
        # Else whatever stands more than some hundred kilobytes back is not found again.
        _PARAMETER.enable_long_distance_matching: 1,
        _PARAMETER.window_log: min(max(reach, 10), _WIDEST),
    }
    return zstd.compress(data, options=options, zstd_dict=_prefix(base))


def unpack(frame: bytes, base: bytes | None = None) -> bytes:
    """Raises one of `PackingError`."""
    return zstd.decompress(frame, zstd_dict=_prefix(base))


def _prefix(base: bytes | None) -> tuple[zstd.ZstdDict, int] | None:
    """Taken as text that stood just before; a dictionary in zstd's own form would be something
    else."""
    return None if base is None else zstd.ZstdDict(base, is_raw=True).as_prefix
