"""Replace a folder by another in one step, where the system can do that, and keep out other runs."""

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import stat
import sys
from pathlib import Path

from archive.model.errors import USAGE, ArchiveError

_AT_FDCWD = -100  # fcntl.h of Linux: paths are relative to the current folder
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h of macOS
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}

MARK = ".made-by-archive"  # only a folder that holds this file is ever emptied or replaced


class AtomicDirectory:
    """A context whose value is an empty folder that takes the target's place when the block ends without an error.

    After an error the target is as it was. Old and new folder are exchanged in one step, so that a reader finds one or
    the other, complete; only where the system cannot do that is there an instant without either. What a killed run left
    behind is cleared away first, and a second run at the same time is refused. Entering raises ArchiveError, also where
    the target holds something that this program did not make, or the sources.
    """

    lock: int  # a descriptor, while the context lasts; a process that inherits it keeps other runs out until it ends

    def __init__(
        self, target: Path, *, kind: str, root: Path, sources: tuple[str, ...], spare: Path | None = None
    ) -> None:
        """Prepare a folder of a kind, such as "site", which replaces only a folder of the same kind.

        `sources` are folders of the project at `root` that nothing may be written to. The folder that is replaced
        becomes `spare`, in the place of the one there, or is removed where it cannot.
        """
        self._path = target
        self._target = target.resolve()
        self._kind = kind
        self._spare = spare
        self._root = root.resolve()
        self._sources = [self._root / source for source in sources]
        self._new = self._target.parent / f".{self._target.name}.new"
        self._old = self._target.parent / f".{self._target.name}.old"

    def __enter__(self) -> Path:
        target = self._target
        if self._path.is_symlink():
            raise ArchiveError(f"{self._path} is a link; name the folder itself", USAGE)
        if self._root.is_relative_to(target):
            raise ArchiveError(f"{target} holds the project; name a folder elsewhere", USAGE)
        if any(target.is_relative_to(source) for source in self._sources):
            raise ArchiveError(f"{target} is among the sources; name a folder elsewhere", USAGE)
        if os.path.ismount(target):
            raise self._mount_error()
        for folder in (target, self._new, self._old):
            if not self._is_replaceable(folder):
                raise ArchiveError(f"{folder} holds something else; name a new or empty folder", USAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        self.lock = self._locked(self._new)
        if self._old.exists() and not target.exists():  # killed between the two renames below
            self._old.rename(target)
        _remove(self._old)
        _empty(self._new)
        self._mark()
        return self._new

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is not None:
                _remove(self._new)
                return
            self._mark()  # a renderer may have emptied the folder first
            _open_to_all(self._new)
            self._replace_target()
        except OSError as error:
            if error.errno in (errno.EBUSY, errno.EXDEV):  # mounted in a way that os.path.ismount does not see
                _remove(self._new)
                raise self._mount_error() from None
            raise
        finally:
            os.close(self.lock)

    def _mount_error(self) -> ArchiveError:
        return ArchiveError(
            f"{self._target} is a mount point, and no other folder can take its place; name a folder in it, such as "
            f"{self._target / 'site'}, or mount what it is in",
            USAGE,
        )

    def _replace_target(self) -> None:
        if not self._target.exists():
            self._new.rename(self._target)
            return
        former = self._locked(self._target)  # it then is where another run would begin
        try:
            if swap(self._new, self._target):
                with contextlib.suppress(KeyboardInterrupt, OSError):  # the next run clears away the rest
                    self._discard(self._new)
                return
        finally:
            os.close(former)
        self._target.rename(self._old)
        try:
            self._new.rename(self._target)
        except OSError:
            self._old.rename(self._target)
            raise
        with contextlib.suppress(OSError):
            self._discard(self._old)

    def _discard(self, folder: Path) -> None:
        if self._spare is not None:
            with contextlib.suppress(OSError):
                _remove(self._spare)
                folder.rename(self._spare)
                return
        _remove(folder)

    def _mark(self) -> None:
        if self._kind_of(self._new) != self._kind:  # writing it again on a full disk would empty it
            (self._new / MARK).write_text(self._kind, "utf-8")

    def _kind_of(self, folder: Path) -> str:
        mark = folder / MARK
        return mark.read_text("utf-8", "replace") if mark.is_file() else ""  # it may be somebody else's file

    def _is_replaceable(self, folder: Path) -> bool:
        if folder.is_symlink() or not folder.is_dir():
            return not (folder.is_symlink() or folder.exists())
        kind = self._kind_of(folder)  # "" where the disk was full
        return kind == self._kind or (not kind and all(file.name == MARK for file in folder.iterdir()))

    def _locked(self, folder: Path) -> int:
        """Open and lock the folder, made if need be. The kernel frees the lock however this program ends."""
        while True:
            folder.mkdir(exist_ok=True)
            with contextlib.suppress(FileNotFoundError):  # another run has just moved it to its target
                lock = _lock(folder, self._target)
                if _is_same(folder, lock):
                    return lock
                os.close(lock)


def swap(one: Path, other: Path) -> bool:
    """Exchange two paths in one step: renameat2(2) of Linux, renamex_np(2) of macOS.

    Return False, with nothing changed, where the system or the file system cannot do it. Raise OSError where it fails
    otherwise, as where one of the two does not exist.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = libc.renamex_np(first, second, _RENAME_SWAP)
        else:
            failed = libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    except AttributeError:  # a C library without it
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(one))


def _lock(folder: Path, target: Path) -> int:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise ArchiveError(f"another run is writing {target}; wait until it has ended", USAGE) from None
    return lock


def _is_same(folder: Path, lock: int) -> bool:
    """Return whether a folder is still the one that was opened."""
    try:
        return os.path.samestat(os.fstat(lock), folder.stat())
    except FileNotFoundError:
        return False


def _open_to_all(folder: Path) -> None:
    """Let a server of another user read all that is in the folder, whatever the umask is."""
    for path in (folder, *folder.rglob("*")):
        mode = path.lstat().st_mode
        bits = 0o755 if stat.S_ISDIR(mode) else 0o644
        if mode & bits != bits and not stat.S_ISLNK(mode):
            path.chmod(stat.S_IMODE(mode) | bits)


def _empty(folder: Path) -> None:
    """Remove all but the mark, by which the next run knows that the rest may be removed."""
    for path in folder.iterdir():
        if path.name != MARK:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        if (path / MARK).exists():
            _empty(path)
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
