"""Finds, for an update, the one entry of the roll that it asks for."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from telegram import Chat, Message, Update

from bot.domain.basics import Refusal
from handlers.feature import Context, DueHandler, Entry, Feature, Found, Fresh, OutcomeHandler
from handlers.say.buttons import Seals

LONGEST = 4096
_COMMAND = re.compile(r"[/／]([A-Za-z0-9_]{1,32})(?:[@＠]([A-Za-z0-9_]{3,32}))?(?:[\s\u3000]+|$)")


class Roll:
    """All features at once: which command, button, form or event belongs to whom."""

    def __init__(self, features: Iterable[Feature], seals: Seals, username: str) -> None:
        features = tuple(features)
        self._seals, self._username = seals, username.lower()
        self.commands: Mapping[str, Entry] = _joined(f.commands for f in features)
        self.dues: Mapping[str, DueHandler] = _joined(f.dues for f in features)
        self.fresh: Mapping[str, Fresh] = _joined(f.fresh for f in features)
        self.outcomes: Mapping[str, OutcomeHandler] = _joined(f.outcomes for f in features)
        self._triggers: Mapping[str, str] = _joined(f.triggers for f in features)
        self._buttons: Mapping[str, Entry] = _joined(f.buttons for f in features)
        self._starts: Mapping[str, Entry] = _joined(f.starts for f in features)
        self._forms: Mapping[str, Entry] = _joined(f.forms for f in features)
        self._events = [f.events for f in features]
        self.found = next((f.found for f in features if f.found), None)
        self._otherwise = next((f.otherwise for f in features if f.otherwise), None)

    def find(self, update: Update, form: str | None) -> Found | None:
        """The entry an update asks for; `form` is the kind of the form its sender has open."""
        if update.callback_query is not None:
            return self._button(update.callback_query.data)
        if update.my_chat_member is not None:
            return self._event("my_chat_member")
        if update.chat_member is not None:
            return self._event("chat_member")
        if update.message_reaction is not None:
            return self._event("reaction")
        if update.poll is not None:
            return self._event("poll")
        if update.edited_message is not None:
            private = update.edited_message.chat.type == Chat.PRIVATE
            return None if private else self._event("edited")
        return None if update.message is None else self._message(update.message, form)

    def _button(self, data: str | None) -> Found:
        pressed = self._seals.open(data or "")
        if pressed is None or pressed.prefix not in self._buttons:
            return Found(Entry(_out_of_date))
        return Found(self._buttons[pressed.prefix], pressed=pressed)

    def _event(self, name: str) -> Found | None:
        entry = next((events[name] for events in self._events if name in events), None)
        return None if entry is None else Found(entry, event=True)

    def _message(self, message: Message, form: str | None) -> Found | None:
        if message.migrate_to_chat_id or message.migrate_from_chat_id:
            return self._event("migrate")
        if message.new_chat_title or message.group_chat_created or message.supergroup_chat_created:
            return self._event("service")
        private = message.chat.type == Chat.PRIVATE
        text = (message.text or "")[:LONGEST]
        found = self._command(text, private) or self._trigger(text, private)
        if found is not None:
            return found
        if not private:
            return self._event("talk")
        brought = self._event("document")
        if message.document is not None and brought is not None:
            return Found(brought.entry)
        if form is not None and form in self._forms:
            return Found(self._forms[form], text)
        return None if self._otherwise is None else Found(self._otherwise, text)

    def _command(self, text: str, private: bool) -> Found | None:
        match = _COMMAND.match(text)
        if match is None or (match[2] and match[2].lower() != self._username):
            return None
        name, words = match[1].lower(), text[match.end() :].strip()
        if name == "start" and words:
            entry = self._starts.get(words.partition("_")[0])
            if entry is not None:
                return Found(entry, words.partition("_")[2])
        if name in self.commands:
            return Found(self.commands[name], words)
        return Found(self._otherwise, text) if private and self._otherwise else None

    def _trigger(self, text: str, private: bool) -> Found | None:
        """Chinese words at the start: alone, or followed by a colon or a space."""
        head = text.lstrip()
        mentioned = re.match(
            rf"[@＠]{re.escape(self._username)}[\s\u3000:：]*", head, re.IGNORECASE
        )
        head = head[mentioned.end() :] if mentioned else head
        word = re.split(r"[\s\u3000:：]", head, maxsplit=1)[0]
        if word not in self._triggers:
            return None
        rest = head[len(word) :]
        if not (private or mentioned or rest.lstrip(" \u3000").startswith((":", "："))):
            return None
        return Found(self.commands[self._triggers[word]], rest.strip(" \u3000:：\n"))


T = TypeVar("T")


async def _out_of_date(update: Update, context: Context) -> None:
    raise Refusal("refuse.old_button")


def _joined(maps: Iterable[Mapping[str, T]]) -> dict[str, T]:
    whole: dict[str, T] = {}
    for part in maps:
        twice = whole.keys() & part.keys()
        if twice:
            raise ValueError(f"two features claim {sorted(twice)}")
        whole.update(part)
    return whole
