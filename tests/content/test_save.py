"""A content file is written whole or not at all."""

import os
import signal
import threading
from pathlib import Path

import pytest

from archive.content import save
from builders import tree_of, write_tree


def test_a_file_and_the_folders_above_it_are_made(tmp_path: Path) -> None:
    save.create(tmp_path / "a" / "b" / "c.md", "ə\n")
    assert tree_of(tmp_path) == {"a/b/c.md": "ə\n".encode()}


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_an_existing_path_is_not_overwritten(there: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    if there == "link":
        path.symlink_to("nowhere")
    elif there == "folder":
        path.mkdir()
    else:
        path.write_text("before")
    with pytest.raises(FileExistsError):
        save.create(path, "after")
    assert os.listdir(tmp_path) == ["a.md"]  # noqa: PTH208
    assert path.is_symlink() or path.is_dir() or path.read_text() == "before"


def test_files_are_all_written_or_none(tmp_path: Path) -> None:
    write_tree(tmp_path, {"old/a.md": "a", "taken.md": "t"})
    new = {tmp_path / "new" / "b.md": "b", tmp_path / "taken.md": "c"}
    with pytest.raises(FileExistsError):
        save.change(new, {tmp_path / "old" / "a.md": "A"})
    assert tree_of(tmp_path) == {"old/a.md": b"a", "taken.md": b"t"}
    assert not (tmp_path / "new").exists()


def test_a_place_taken_at_the_last_moment_undoes_what_was_put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, {"a.md": "a"})
    link = os.link

    def taken(beside: Path, path: Path) -> None:
        if path.name == "c.md":
            path.write_text("someone else's")
        link(beside, path)

    monkeypatch.setattr(os, "link", taken)
    with pytest.raises(FileExistsError):
        save.change({tmp_path / "b.md": "b", tmp_path / "c.md": "c"}, {tmp_path / "a.md": "A"})
    assert tree_of(tmp_path) == {"a.md": b"a", "c.md": b"someone else's"}


def test_a_file_that_cannot_be_replaced_undoes_what_was_put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, {"a.md": "a", "z.md": "z"})
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "z.md":
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        save.change({tmp_path / "b.md": "b"}, {tmp_path / "a.md": "A", tmp_path / "z.md": "Z"})
    assert tree_of(tmp_path) == {"a.md": b"a", "z.md": b"z"}


def test_a_file_system_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", unable)
    save.create(tmp_path / "a.md", "a")
    with pytest.raises(FileExistsError):
        save.create(tmp_path / "a.md", "b")
    assert tree_of(tmp_path) == {"a.md": b"a"}


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_between_two_files_comes_too_late(
    stop: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, {"a.md": "a"})
    link = os.link

    def interrupted(beside: Path, path: Path) -> None:
        os.kill(os.getpid(), stop)
        link(beside, path)

    monkeypatch.setattr(os, "link", interrupted)
    before = signal.signal(stop, signal.default_int_handler)
    other = threading.Event()  # a thread that the signal may be given to instead
    threading.Thread(target=other.wait).start()
    try:
        save.change({tmp_path / f"{number}.md": "b" for number in range(3)}, {tmp_path / "a.md": "A"})
    finally:
        other.set()
        signal.signal(stop, before)
    assert tree_of(tmp_path) == {"0.md": b"b", "1.md": b"b", "2.md": b"b", "a.md": b"A"}


def test_a_signal_before_that_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, {"a.md": "a"})
    write = Path.write_text

    def interrupted(self: Path, *arguments: object, **more: object) -> int:
        if self.name == ".2.md.new":
            signal.raise_signal(signal.SIGINT)  # in this thread, whatever others there are
        return write(self, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_text", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            save.change({tmp_path / "b" / f"{number}.md": "b" for number in range(3)}, {tmp_path / "a.md": "A"})
    finally:
        signal.signal(signal.SIGINT, before)
    assert tree_of(tmp_path) == {"a.md": b"a"}
    assert not (tmp_path / "b").exists()
