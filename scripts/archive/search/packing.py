"""Write what the search page reads: JSON, integers of variable length, and files named by a hash of their content."""

import hashlib
import json
import zlib


def compact(value: object) -> str:
    """Return JSON without spaces, letters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def append(data: bytearray, number: int) -> None:
    """Add an integer: 7 bits a byte, the lowest first, the high bit set on all bytes but the last."""
    while number > 127:
        data.append(number & 127 | 128)
        number >>= 7
    data.append(number)


def name(*parts: bytes) -> str:
    """Return a name made of the content."""
    return hashlib.sha256(b"".join(parts)).hexdigest()[:10]


def packed(*parts: bytes) -> bytes:
    """Return the parts one after the other, gzip'd (RFC 1952).

    Each is packed by a code of its own, as texts and numbers have little in common.
    """
    packing = zlib.compressobj(9, wbits=31, strategy=zlib.Z_FILTERED)
    return b"".join(packing.compress(part) + packing.flush(zlib.Z_BLOCK) for part in parts) + packing.flush()
