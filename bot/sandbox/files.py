"""The files of a world, by their id; the oldest go when there is too much of them."""

from collections.abc import Iterator

from bot.sandbox.limits import FILES_KEPT


class Uploaded(bytes):
    """The content of an uploaded file, with its name."""

    name: str = ""

    @classmethod
    def of(cls, content: bytes, name: str | None) -> "Uploaded":
        made = cls(content)
        made.name = name or ""
        return made


class Files:
    """What was uploaded: content and name."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[bytes, str]] = {}
        self._size = self._count = 0

    def add(self, content: bytes, name: str) -> str:
        """Keeps a file; returns its id."""
        self._count += 1
        id = f"file{self._count:06}"
        self._kept[id] = (content, name)
        self._size += len(content)
        while self._size > FILES_KEPT and len(self._kept) > 1:
            oldest = next(iter(self._kept))
            self._size -= len(self._kept.pop(oldest)[0])
        return id

    def get(self, id: str) -> bytes | None:
        found = self._kept.get(id)
        return None if found is None else found[0]

    def name(self, id: str) -> str:
        return self._kept[id][1]

    def __contains__(self, id: object) -> bool:
        return id in self._kept

    def __getitem__(self, id: str) -> bytes:
        return self._kept[id][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)
