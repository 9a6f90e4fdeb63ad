"""The store says what went wrong, where, and what to do."""

from pathlib import Path

import pytest

from transforms.write.store import AlreadyExists, StorageError, Store, absolute


def test_put_replaces_create_does_not(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "with space"))
    store.put("a/b.txt", b"1")
    store.put("a/b.txt", b"2")
    with pytest.raises(AlreadyExists):
        store.create("a/b.txt", b"3")
    store.create("a/c.txt", b"4")
    assert {path: store.get(path) for path in store.list("a")} == {"a/b.txt": b"2", "a/c.txt": b"4"}
    store.rename("a/c.txt", "d.txt")
    store.delete("a/c.txt")
    assert store.get("a/c.txt") is None
    assert (store.exists("d.txt"), store.exists("a/c.txt")) == (True, False)


@pytest.mark.parametrize(
    ("location", "named"),
    [("/dev/null/x", "a part of the path is a file"), ("ftp://a/b", "s3://bucket/prefix")],
)
def test_an_output_that_cannot_be_is_refused_with_the_remedy(location: str, named: str) -> None:
    with pytest.raises(StorageError) as error:
        Store(location)
    assert location in str(error.value)
    assert named in str(error.value)


def test_reading_an_output_that_is_not_there_does_not_make_it(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        Store(str(tmp_path / "none"), create=False)
    assert not (tmp_path / "none").exists()


def test_addresses_are_good_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert absolute("data") == str(tmp_path / "data") == absolute(f"file://{tmp_path}/data")
    assert absolute("s3://bucket/prefix") == "s3://bucket/prefix"
