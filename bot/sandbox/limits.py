"""Telegram's limits, all in one place. Lengths are in UTF-16 units unless said otherwise."""

from datetime import timedelta
from typing import Final

TEXT: Final = 4096
CAPTION: Final = 1024
ENTITIES: Final = 100
BUTTONS: Final = 100
BUTTON_BYTES: Final = 64
COPY_BYTES: Final = 256
ALBUM: Final = (2, 10)
MANY: Final = 100
"""Messages in one deleteMessages, copyMessages or forwardMessages."""

QUESTION: Final = 300
OPTION: Final = 100
OPTIONS: Final = 12
EXPLANATION: Final = 200
POLL_DESCRIPTION: Final = 1024
POLL_LIVES: Final = (5, 2_628_000)

TOAST: Final = 200
QUERY_LASTS: Final = timedelta(seconds=30)
"""How long a tap can be answered. Telegram publishes no number; clients give up sooner."""

COMMANDS: Final = 100
COMMAND_DESCRIPTION: Final = 256
NAME: Final = 64
DESCRIPTION: Final = 512
SHORT_DESCRIPTION: Final = 120
TITLE: Final = 128
ABOUT: Final = 255
TOPIC: Final = 128
START_PAYLOAD: Final = 64

DOWNLOAD: Final = 20 * 1024 * 1024
UPLOAD: Final = 50 * 1024 * 1024
PHOTO: Final = 10 * 1024 * 1024
FILES_KEPT: Final = 256 * 1024 * 1024
"""What a world keeps of files in all, so that a long run cannot fill the memory."""

UPDATES: Final = 100
UPDATES_KEPT: Final = timedelta(hours=24)
LONG_POLL: Final = 50
DELETABLE: Final = timedelta(hours=48)

OVERALL: Final = (30, timedelta(seconds=1))
A_CHAT: Final = (10, timedelta(seconds=10))
A_GROUP: Final = (20, timedelta(minutes=1))
"""Flood limits: so many calls in such a time."""
