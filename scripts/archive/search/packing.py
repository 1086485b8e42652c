"""Write what the search page reads: JSON, integers of variable length, and files named by a hash of their content."""

import hashlib
import json
import zlib
from functools import cache


def compact(value: object) -> str:
    """Return JSON without spaces, letters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def encoded(number: int) -> bytes:
    """Return an integer: 7 bits a byte, the lowest first, the high bit set on all bytes but the last."""
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + encoded(number >> 7)


def name(*parts: bytes) -> str:
    """Return a name made of the content."""
    return hashlib.sha256(b"".join(parts)).hexdigest()[:10]


def packed(*parts: bytes) -> bytes:
    """Return the parts one after the other, gzip'd (RFC 1952).

    Each is packed by a code of its own, as texts and numbers have little in common.
    """
    packing = zlib.compressobj(9, wbits=31, strategy=zlib.Z_FILTERED)
    return b"".join(packing.compress(part) + packing.flush(zlib.Z_BLOCK) for part in parts) + packing.flush()
