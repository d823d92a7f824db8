"""Where an announcement stands, and who took note of it, in dicts."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.domain.announce import Post
from bot.domain.basics import ChatId
from tests.fakes.shelves import Conflict, Shelves


class FakeAnnouncements:
    """Fulfils `Announcements`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def posts(self, matter: str) -> tuple[Post, ...]:
        found = [one for one in self._shelves.posts.values() if one.matter == matter]
        return tuple(sorted(found, key=lambda one: one.chat))

    def post_in(self, matter: str, chat: ChatId) -> Post | None:
        return self._shelves.posts.get((matter, chat))

    def put_post(self, post: Post) -> None:
        self._shelves.require_matter(post.matter)
        self._shelves.posts[post.matter, post.chat] = post

    def only_in(self, chat: ChatId) -> tuple[str, ...]:
        elsewhere = {matter for matter, other in self._shelves.posts if other != chat}
        return tuple(
            matter
            for matter, here in self._shelves.posts
            if here == chat and matter not in elsewhere
        )

    def acknowledge(self, matter: str, code: str, building: str) -> bool:
        self._shelves.require_matter(matter)
        if (matter, code) in self._shelves.acknowledgements:
            return False
        self._shelves.acknowledgements[matter, code] = building
        return True

    def acknowledged(self, matter: str) -> Mapping[str, int]:
        noted = self._shelves.acknowledgements.items()
        counts = Counter(building for (of, _), building in noted if of == matter)
        return MappingProxyType(dict(sorted(counts.items())))

    def acknowledged_by(self, code: str) -> int:
        return sum(of == code for _, of in self._shelves.acknowledgements)

    def loosen(self, code: str, fresh: Callable[[], str]) -> None:
        shelf = self._shelves.acknowledgements
        for matter, of in [key for key in shelf if key[1] == code]:
            loose = fresh()
            del shelf[matter, of]
            if (matter, loose) in shelf:
                raise Conflict(f"{loose!r} took note already")
            shelf[matter, loose] = ""
