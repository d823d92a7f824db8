"""The table of the control API: each way in, what it takes, and what does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from bot.sandbox.control import doing, forms, people, running


@dataclass(frozen=True)
class Way:
    """One route: what it takes and what does it."""

    method: str
    path: str
    run: Callable[..., Any]
    form: type[BaseModel] | None = None


WAYS = (
    Way("GET", "/sandbox/users", people.users),
    Way("POST", "/sandbox/users", people.new_user, forms.NewUser),
    Way("GET", "/sandbox/bots", people.bots),
    Way("POST", "/sandbox/bots", people.change_bot, forms.ChangeBot),
    Way("GET", "/sandbox/chats", people.chats),
    Way("POST", "/sandbox/chats", people.new_chat, forms.NewChat),
    Way("POST", "/sandbox/chats/{chat}/join", people.join, forms.Someone),
    Way("POST", "/sandbox/chats/{chat}/add", people.join, forms.Someone),
    Way("POST", "/sandbox/chats/{chat}/leave", people.leave, forms.Someone),
    Way("POST", "/sandbox/chats/{chat}/remove", people.remove, forms.Someone),
    Way("POST", "/sandbox/chats/{chat}/promote", people.promote, forms.Promote),
    Way("POST", "/sandbox/chats/{chat}/demote", people.demote, forms.Someone),
    Way("POST", "/sandbox/chats/{chat}/restrict", people.restrict, forms.Restrict),
    Way("POST", "/sandbox/chats/{chat}/migrate", people.migrate, forms.By),
    Way("POST", "/sandbox/chats/{chat}/topics", people.topic, forms.NewTopic),
    Way("POST", "/sandbox/chats/{chat}/title", people.rename, forms.Rename),
    Way("POST", "/sandbox/chats/{chat}/link", people.link, forms.Link),
    Way("POST", "/sandbox/start", doing.start, forms.Start),
    Way("POST", "/sandbox/block", doing.block, forms.Pair),
    Way("POST", "/sandbox/unblock", doing.unblock, forms.Pair),
    Way("POST", "/sandbox/send", doing.send, forms.Send),
    Way("POST", "/sandbox/channel_post", doing.channel_post, forms.ChannelPost),
    Way("POST", "/sandbox/edit", doing.edit, forms.Edit),
    Way("POST", "/sandbox/delete", doing.delete, forms.OneMessage),
    Way("POST", "/sandbox/pin", doing.pin, forms.OneMessage),
    Way("POST", "/sandbox/unpin", doing.unpin, forms.OneMessage),
    Way("POST", "/sandbox/tap", doing.tap, forms.Tap),
    Way("POST", "/sandbox/vote", doing.vote, forms.Vote),
    Way("POST", "/sandbox/react", doing.react, forms.React),
    Way("GET", "/sandbox/clock", running.clock),
    Way("POST", "/sandbox/clock", running.change_clock, forms.Clock),
    Way("GET", "/sandbox/faults", running.faults),
    Way("POST", "/sandbox/faults", running.add_fault, forms.SetFault),
    Way("DELETE", "/sandbox/faults", running.clear_faults),
    Way("POST", "/sandbox/flood", running.flood, forms.Flood),
    Way("POST", "/sandbox/updates", running.inject, forms.Inject),
    Way("POST", "/sandbox/malformed", running.inject_malformed, forms.Malformed),
    Way("POST", "/sandbox/duplicate", running.duplicate, forms.Duplicate),
    Way("GET", "/sandbox/view", running.seen, forms.Seeing),
    Way("GET", "/sandbox/chatlist", running.chats_of, forms.Listing),
    Way("GET", "/sandbox/calls", running.calls, forms.Calls),
    Way("GET", "/sandbox/state", running.state),
    Way("POST", "/sandbox/idle", running.idle, forms.Idle),
)
