"""What the control API takes, as pydantic models; they are also its OpenAPI description."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.faults import Kind

LARGEST = 1 << 52
NAME = r"^[A-Za-z][A-Za-z0-9_]{3,31}$"


class Asked(BaseModel):
    """A request body; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class NewUser(Asked):
    first_name: str = Field(min_length=1, max_length=64)
    last_name: str | None = Field(None, max_length=64)
    username: str | None = Field(None, pattern=NAME)
    language_code: str | None = Field(None, max_length=12)
    id: int | None = Field(None, ge=1, lt=LARGEST)


class ChangeBot(Asked):
    bot: int
    privacy: bool | None = None
    name: str | None = Field(None, min_length=1, max_length=64)
    username: str | None = Field(None, pattern=NAME)
    revoked: bool | None = None


class NewChat(Asked):
    type: Literal["group", "supergroup", "forum", "channel"]
    title: str = Field(min_length=1, max_length=128)
    creator: int
    members: list[int] = Field([], description="people and bots")
    linked_to: int | None = Field(None, description="the group a channel is linked to")
    username: str | None = Field(
        None, pattern=NAME, description="makes the chat public: strangers may tap its buttons"
    )


class Link(Asked):
    group: int = Field(description="the supergroup the channel is linked to")


class Someone(Asked):
    user: int = Field(description="a person or a bot")
    by: int | None = Field(None, description="who does it; the person themselves if left out")


class Promote(Someone):
    rights: dict[str, bool] | None = None
    anonymous: bool = False


class Restrict(Someone):
    permissions: dict[str, bool] = {}
    until: int = Field(0, ge=0, lt=1 << 35, description="Unix time; 0 for good")


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
    kind: Literal[
        "photo", "voice", "audio", "document", "video", "animation", "video_note", "sticker"
    ]
    base64: str = ""
    name: str = Field("", max_length=255)


class Forward(Asked):
    chat: int = Field(description="where the message stands")
    message: int


class AskedPoll(Asked):
    question: str
    options: list[str]
    is_anonymous: bool = True
    allows_multiple_answers: bool = False
    type: Literal["regular", "quiz"] = "regular"
    correct_option_ids: list[int] | None = None
    open_period: int | None = None


class Send(Place):
    text: str = ""
    parse_mode: str | None = None
    reply_to: int | None = None
    topic: int | None = None
    anonymous: bool = False
    as_channel: int | None = None
    upload: Upload | None = None
    album: str | None = Field(None, description="the same word on each message of an album")
    forward: Forward | None = None
    poll: AskedPoll | None = None


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
    kind: Kind
    method: str = "*"
    chat: str = Field("*", description="the chat_id of the call, as text")
    count: int = Field(1, ge=-1, description="how often; -1 for ever")
    probability: float = Field(1.0, ge=0, le=1)
    seconds: float = Field(1.0, ge=0, le=36_000)


class Inject(Asked):
    bot: int
    update: dict[str, object] = Field(description="without update_id, which is added")
    times: int = Field(1, ge=1, le=10_000)


class Duplicate(Asked):
    bot: int
    count: int = Field(1, ge=1, le=100)


class Flood(Asked):
    on: bool


class Idle(Asked):
    bot: int
    wait_seconds: float = Field(10, ge=0, le=60)


class Malformed(Asked):
    bot: int


class Asking(BaseModel):
    """The query of a GET; numbers may come as text, unknown names are refused."""

    model_config = ConfigDict(extra="forbid")


class Seeing(Asking):
    user: int
    chat: int = Field(0, description="a group; or 0 for the private chat with `bot`")
    bot: int = Field(0, description="the bot of a private chat")
    since: int = Field(-1, description="wait until the version is newer than this")
    wait: float = Field(0, ge=0, le=30, description="seconds")


class Listing(Asking):
    user: int
    since: int = -1
    wait: float = Field(0, ge=0, le=30)


class Calls(Asking):
    method: str = ""
    after: int = Field(0, ge=0, description="the number `n` of the first call wanted")
    bot: int = 0
    wait: float = Field(0, ge=0, le=30, description="seconds to wait for such a call")
