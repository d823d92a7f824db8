"""What can be chosen: every setting, what it may be and what it is when nothing is said."""

import os
import re
from pathlib import Path
from typing import Annotated, Final, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX: Final = "LINSHENG_"


def _no_yes_or_no(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a number, not true or false")
    return value


def _empty_is_none(value: object) -> object:
    return None if value in ("", "0", 0) else value


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d{6,}:[A-Za-z0-9_-]{30,}", value.get_secret_value(), re.ASCII):
        raise ValueError("not a token")
    return value


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("not an address")
    if parts.username or parts.query or parts.fragment:
        raise ValueError("an address and nothing more")
    return value.rstrip("/")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("no such zone") from None
    return name


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _somewhere(value: object) -> object:
    if isinstance(value, str) and (not value.strip() or "\0" in value):
        raise ValueError("no path")
    return value


Whole = Annotated[int, BeforeValidator(_no_yes_or_no)]
Somewhere = Annotated[Path, BeforeValidator(_somewhere)]


class Section(BaseModel):
    """One table of the settings file; what it does not know, it refuses."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Telegram(Section):
    """Where the bot speaks, and as whom; without a token it plays the demo."""

    token: Annotated[
        Annotated[SecretStr, AfterValidator(_token)] | None, BeforeValidator(_empty_is_none)
    ] = Field(None, description="the token @BotFather gave you, or empty for the demo")
    api_base_url: Annotated[str, AfterValidator(_address)] = Field(
        "https://api.telegram.org",
        description="the http or https address of a Bot API server, without a token in it",
    )


class Owner(Section):
    """The person who may set the bot up in a first group."""

    id: Annotated[
        Annotated[int, Field(ge=1, lt=1 << 52)] | None,
        BeforeValidator(_empty_is_none),
        BeforeValidator(_no_yes_or_no),
    ] = Field(None, description="the number Telegram gave a person, or 0 for nobody yet")


class Community(Section):
    """What holds for a new community until its managers choose otherwise."""

    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        "Asia/Shanghai", description="a time zone such as Asia/Shanghai"
    )
    language: Literal["zh-Hans", "zh-Hant", "en"] = Field(
        "zh-Hans", description="zh-Hans, zh-Hant or en"
    )
    k: Whole = Field(5, ge=5, le=1000, description="a whole number from 5 to 1000")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.timezone)


class Storage(Section):
    """Where things are kept, and for how long."""

    path: Somewhere = Field(Path("data/linsheng.db"), description="the path of the database file")
    key_file: Somewhere = Field(Path("data/linsheng.key"), description="the path of the key file")
    backup_dir: Somewhere = Field(Path("data/backups"), description="the path of a folder")
    retention_days: Whole = Field(30, ge=1, le=180, description="a whole number from 1 to 180")

    def under(self, folder: Path) -> Self:
        """The same, with every path that is not absolute taken from this folder."""
        paths = ("path", "key_file", "backup_dir")
        return self.model_copy(
            update={name: folder / os.path.expanduser(getattr(self, name)) for name in paths}
        )


class Reading(Section):
    """Who reads what is said in groups."""

    reader: Literal["plain", "snownlp", "off"] = Field(
        "plain", description="plain, snownlp or off"
    )
    semantic: Literal["all", "questions", "off"] = Field(
        "questions", description="all, questions or off"
    )


class Log(Section):
    """How much the bot tells its keeper."""

    level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = (
        Field("INFO", description="DEBUG, INFO, WARNING or ERROR")
    )


class Demo(Section):
    """The page to try the bot on."""

    port: Whole = Field(8765, ge=0, le=65535, description="a port from 0 to 65535")


class Settings(BaseSettings):
    """Everything that can be chosen, as it was when the bot started."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    telegram: Telegram = Field(Telegram(), description="a section, [telegram]")
    owner: Owner = Field(Owner(), description="a section, [owner]")
    community: Community = Field(Community(), description="a section, [community]")
    storage: Storage = Field(Storage(), description="a section, [storage]")
    reading: Reading = Field(Reading(), description="a section, [reading]")
    log: Log = Field(Log(), description="a section, [log]")
    demo: Demo = Field(Demo(), description="a section, [demo]")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Nothing is read behind our back: `load` hands in the file and the environment."""
        return (init_settings,)
