"""What may have become of a file that `publish.storage` wrote; none of it is to be believed."""

from collections.abc import Callable, Mapping

from archive.publish import storage

CANARY = b"cos\nsystem\n(S'touch canary'\ntR."  # a pickle that makes a file, where it is obeyed

DAMAGE: Mapping[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[:-1],
    "changed": lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
    "of another shape": lambda data: storage.sealed(b"(dp0\n."),
    "a program": lambda data: storage.sealed(CANARY),
    "nothing": lambda data: storage.sealed(b""),
}
