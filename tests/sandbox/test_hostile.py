"""Whatever is sent, the answer is an answer."""

import contextlib
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from bot.sandbox import play
from bot.sandbox.control.table import WAYS
from bot.sandbox.errors import ApiError
from bot.sandbox.http import application
from bot.sandbox.methods import METHODS
from tests.canary import CANARY
from tests.chance import often
from tests.sandbox.conformance import METHODS as MODELS
from tests.sandbox.town import Town

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["", "😀", "\ud800", "{", "[]", "9" * 5000, "attach://x", "HTML", -1, 1e400])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "message_id", "inline_keyboard", "emoji", "offset"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    method = draw(st.sampled_from(sorted(METHODS)))
    model = MODELS.get(method)
    names = sorted(model.model_fields) if model else ["chat_id", "user_id"]
    wrong = {name: draw(VALUES) for name in names if draw(st.booleans())}
    right = {"chat_id": draw(st.sampled_from(["group", "private", 0])), "message_id": 2}
    right |= {
        "from_chat_id": "group",
        "user_id": 7_000_002,
        "text": "x",
        "message_thread_id": None,
    }
    return method, {name: right[name] for name in names if name in right} | wrong


@pytest.mark.no_cover
@often(400, *HealthCheck)
@given(calls())
def test_every_method_answers_or_declines_whatever_it_is_asked(
    call: tuple[str, dict[str, Any]],
) -> None:
    town = Town()
    group, private = town.group(), town.private(town.li)
    town.says(town.li, "hello", group)
    method, asked = call
    for name in ("chat_id", "from_chat_id"):
        if asked.get(name) in ("group", "private"):
            asked[name] = group.id if asked[name] == "group" else private.id
    with contextlib.suppress(ApiError):
        town.api.call(town.bot, method, asked)
    town.updates()


def client(town: Town) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(application(town.api), raise_app_exceptions=True)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:1")


BODIES = st.binary(max_size=40) | st.sampled_from(
    [
        b"{",
        b"[]",
        b"null",
        b"[" * 5000,
        b'{"chat_id": NaN}',
        b'{"text":"\\ud800","chat_id":-1}',
        b"\xff",
    ]
)
KINDS = st.sampled_from(
    [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "text/plain",
        "",
    ]
)


@often(150)
@given(body=BODIES, kind=KINDS, method=st.sampled_from(["sendMessage", "getMe", "sendPhoto", "x"]))
async def test_every_body_gets_an_answer_in_telegrams_form(
    body: bytes, kind: str, method: str
) -> None:
    async with client(Town()) as http:
        answer = await http.post(
            f"/bot{CANARY}/{method}", content=body, headers={"content-type": kind}
        )
    assert answer.status_code in (200, 400, 404, 413)
    assert answer.json()["ok"] is (answer.status_code == 200)


@often(150)
@given(
    way=st.sampled_from(WAYS),
    chat=st.sampled_from(["1", "x", "-5", "-1000007000004", "9" * 5000]),
    values=st.dictionaries(
        st.sampled_from(
            ["user", "chat", "bot", "message", "text", "by", "options", "since", "kind"]
        ),
        st.none() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2),
    ),
)
async def test_the_control_api_declines_what_it_cannot_do_in_one_line(
    way: Any, chat: str, values: dict[str, Any]
) -> None:
    town = Town()
    town.group()
    path = way.path.replace("{chat}", chat)
    async with client(town) as http:
        if way.method == "GET":
            answer = await http.get(path, params={k: str(v) for k, v in values.items()})
        else:
            answer = await http.request(way.method, path, json=values)
    assert answer.status_code in (200, 400, 403, 404), answer.text
    if answer.status_code != 200:
        assert "\n" not in answer.json()["description"]


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
async def test_a_body_that_is_too_large_is_declined_however_it_comes(kind: str) -> None:
    async def endless() -> Any:
        for _ in range(60):
            yield b" " * 1024 * 1024

    async with client(Town()) as http:
        answer = await http.post(
            f"/bot{CANARY}/sendMessage",
            content=endless(),
            headers={"content-type": kind},
        )
    assert answer.status_code in (400, 413)
    assert answer.json()["ok"] is False


@pytest.mark.parametrize("token", ["", "x", "1:short", "0:" + "a" * 35, "1:" + "å" * 35, "a:b:c"])
async def test_a_malformed_token_is_unauthorized(token: str) -> None:
    async with client(Town()) as http:
        answer = await http.get(f"/bot{token}/getMe")
    assert answer.status_code in (401, 404)
    assert answer.json()["ok"] is False


async def test_another_sites_page_reaches_neither_people_nor_clock() -> None:
    async with client(Town()) as http:
        foreign = await http.post(
            "/sandbox/clock", json={"advance": 1}, headers={"origin": "https://example.org"}
        )
        rebound = await http.get("/sandbox/state", headers={"host": "example.org"})
        own = await http.get("/sandbox/state", headers={"origin": "http://127.0.0.1:1"})
    assert (foreign.status_code, rebound.status_code, own.status_code) == (403, 403, 200)


@pytest.mark.no_cover
def test_a_very_long_chain_of_replies_is_still_delivered() -> None:
    town = Town()
    group = town.group()
    last = first = town.says(town.li, "a", group)
    for _ in range(1_500):
        last = town.says(town.li, "b", group, reply_to=last.id)
    assert town.updates()[-1]["message"]["message_thread_id"] == first.id


def test_files_cannot_fill_the_memory() -> None:
    town = Town()
    for _ in range(40):
        play.upload(town.world, "document", b"x" * 10_000_000)
    assert sum(len(town.world.files[id]) for id in town.world.files) <= 256 * 1024 * 1024
