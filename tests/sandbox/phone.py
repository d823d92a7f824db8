"""Plays people through the control API, over a real socket."""

from typing import Any, Self

import httpx

from bot.sandbox.api import Api

Json = dict[str, Any]


class Phone:
    """A client of the control API."""

    def __init__(self, address: str, api: Api) -> None:
        self.address, self.api = address, api
        self.http = httpx.AsyncClient(base_url=address, timeout=30)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def do(self, path: str, **asked: Any) -> Any:
        """A POST that must succeed."""
        answer = await self.http.post(f"/sandbox/{path}", json=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def see(self, path: str, **asked: Any) -> Any:
        """A GET that must succeed."""
        answer = await self.http.get(f"/sandbox/{path}", params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def user(self, name: str, **more: Any) -> int:
        return int((await self.do("users", first_name=name, **more))["id"])

    async def group(self, creator: int, *members: int, kind: str = "supergroup") -> int:
        made = await self.do(
            "chats", type=kind, title="邻里", creator=creator, members=list(members)
        )
        return int(made["id"])

    async def messages(self, user: int, bot: int = 0, chat: int = 0) -> list[Json]:
        """What this person sees."""
        seen: list[Json] = (await self.see("view", user=user, bot=bot, chat=chat))["messages"]
        return seen

    async def until(
        self, user: int, words: str, bot: int = 0, chat: int = 0, seconds: float = 20
    ) -> Json:
        """Waits until this person sees a message with these words of somebody else."""
        since = -1
        while True:
            seen = await self.see("view", user=user, bot=bot, chat=chat, since=since, wait=seconds)
            for message in reversed(seen["messages"]):
                if words in message["text"] and not message["from"]["me"]:
                    return dict(message)
            assert seen["version"] > since, f"{words} is not to be seen: {seen['messages']}"
            since = seen["version"]

    async def call(self, token: str, method: str, **asked: Any) -> Json:
        """A call of the Bot API, whatever comes of it."""
        answer = await self.http.post(f"/bot{token}/{method}", json=asked)
        body: Json = answer.json()
        return body
