"""The key file: made once, whole, and for its owner alone."""

import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.settings import BadSettings, load_or_make_key


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "linsheng.key"
    before = os.umask(0)
    try:
        key = load_or_make_key(path)
    finally:
        os.umask(before)
    assert len(key) == 32
    assert load_or_make_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["linsheng.key"]


def test_no_two_keys_are_alike(tmp_path: Path) -> None:
    assert load_or_make_key(tmp_path / "a") != load_or_make_key(tmp_path / "b")


def test_starts_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    path, together = tmp_path / "new" / "linsheng.key", threading.Barrier(8)

    def start() -> bytes:
        together.wait()
        return load_or_make_key(path)

    with ThreadPoolExecutor(8) as starts:
        keys = [each.result() for each in [starts.submit(start) for _ in range(8)]]
    assert len(set(keys)) == 1
    assert [each.name for each in path.parent.iterdir()] == ["linsheng.key"]


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_refused_and_left_alone(tmp_path: Path, length: int) -> None:
    path = tmp_path / "linsheng.key"
    path.write_bytes(b"x" * length)
    path.chmod(0o600)
    with pytest.raises(BadSettings, match="does not hold a key of 32 bytes"):
        load_or_make_key(path)
    assert path.read_bytes() == b"x" * length


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "linsheng.key"
    load_or_make_key(path)
    path.chmod(0o640)
    with pytest.raises(BadSettings, match=r"run: chmod 600 .*linsheng\.key"):
        load_or_make_key(path)


def test_a_key_where_none_can_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="see that it is a file"):
        load_or_make_key(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadSettings, match="no regular file"):
        load_or_make_key(tmp_path / "pipe")
    (tmp_path / "file").touch()
    with pytest.raises(BadSettings, match="cannot be read"):
        load_or_make_key(tmp_path / "file" / "linsheng.key")
    with pytest.raises(BadSettings, match="cannot be made"):
        load_or_make_key(tmp_path / ("x" * 250))
