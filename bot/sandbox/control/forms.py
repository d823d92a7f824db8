"""What the control API takes, as pydantic models; they are also its OpenAPI description."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Asked(BaseModel):
    """A request body; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class NewUser(Asked):
    first_name: str = Field(min_length=1, max_length=64)
    last_name: str | None = Field(None, max_length=64)
    username: str | None = Field(None, pattern=r"^[A-Za-z][A-Za-z0-9_]{3,31}$")
    language_code: str | None = Field(None, max_length=12)
    id: int | None = Field(None, ge=1, lt=1 << 52)


class ChangeBot(Asked):
    bot: int
    privacy: bool | None = None
    name: str | None = Field(None, min_length=1, max_length=64)
    username: str | None = Field(None, pattern=r"^[A-Za-z][A-Za-z0-9_]{3,31}$")
    revoked: bool | None = None


class NewChat(Asked):
    type: Literal["group", "supergroup", "forum", "channel"]
    title: str = Field(min_length=1, max_length=128)
    creator: int
    members: list[int] = []
    linked_to: int | None = Field(None, description="the group a channel is linked to")


class Someone(Asked):
    user: int = Field(description="a person or a bot")
    by: int | None = Field(None, description="who does it; the person themselves if left out")


class Promote(Someone):
    rights: dict[str, bool] | None = None
    anonymous: bool = False


class Restrict(Someone):
    permissions: dict[str, bool] = {}


class By(Asked):
    by: int


class NewTopic(By):
    name: str = Field(min_length=1, max_length=128)


class Rename(By):
    title: str = Field(min_length=1, max_length=128)


class Start(Asked):
    user: int
    bot: int
    payload: str = Field("", max_length=64)


class Pair(Asked):
    user: int
    bot: int


class Place(Asked):
    user: int
    chat: int = Field(0, description="a group; or 0 for the private chat with `bot`")
    bot: int = Field(0, description="the bot of a private chat")


class Upload(Asked):
    kind: Literal["photo", "voice", "document", "video", "sticker"]
    base64: str = ""
    name: str = ""


class Send(Place):
    text: str = ""
    parse_mode: str | None = None
    reply_to: int | None = None
    topic: int | None = None
    anonymous: bool = False
    as_channel: int | None = None
    upload: Upload | None = None
    album: str | None = None


class ChannelPost(Asked):
    channel: int
    text: str


class Edit(Place):
    message: int
    text: str


class OneMessage(Place):
    message: int


class Tap(OneMessage):
    data: str | None = Field(None, description="the data itself, also if no button carries it")
    text: str | None = Field(None, description="the words on the button")
    position: tuple[int, int] | None = Field(None, description="row and column, from 0")
    wait_seconds: float = Field(0, ge=0, le=30)


class Vote(OneMessage):
    options: list[int]


class React(OneMessage):
    emoji: list[str]


class Clock(Asked):
    advance: float | None = Field(None, ge=0, le=400 * 86_400, description="seconds")
    set: str | None = Field(None, description="ISO 8601 with a zone")
    speed: float | None = Field(None, ge=0, le=100_000)


class SetFault(Asked):
    kind: Literal[
        "lost", "dropped", "delayed", "flood", "server_error", "bad_gateway", "empty", "no_result"
    ]
    method: str = "*"
    chat: str = "*"
    count: int = Field(1, ge=-1, description="how often; -1 for ever")
    probability: float = Field(1.0, ge=0, le=1)
    seconds: float = Field(1.0, ge=0, le=36_000)


class Inject(Asked):
    bot: int
    update: dict[str, object] = Field(description="without update_id, which is added")
    times: int = Field(1, ge=1, le=10_000)


class Duplicate(Asked):
    bot: int
    count: int = Field(1, ge=1, le=1000)


class Flood(Asked):
    on: bool


class Idle(Asked):
    bot: int
    wait_seconds: float = Field(10, ge=0, le=60)
