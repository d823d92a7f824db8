"""The board: one pinned message a group, edited in place."""

from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from tests.played import Played


async def test_there_is_one_board_and_it_survives_restarts(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, "物业在吗？电梯什么时候修好？", group)
    await played.restart()
    await played.later(minutes=2)
    assert len(played.board(lin, group)) == len(group.pinned) == 1
    assert "等回复 1 条" in played.board(lin, group)[0]


async def test_it_is_edited_at_most_once_a_minute(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    before = len(played.telegram.calls)
    for n in range(8):
        await played.says(lin, f"提问：第 {n} 个问题，谁来管？", group)
        await played.later(seconds=5)
    edits = [
        call
        for call in played.telegram.calls[before:]
        if call["method"] == "editMessageText" and "📌" in str(call["params"].get("text"))
    ]
    assert len(edits) <= 2


async def test_a_deleted_board_comes_back_once(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    board = next(m["id"] for m in played.sees(lin, group) if m["text"].startswith("📌"))
    play.delete(played.telegram, group, board)
    await played.says(lin, "提问：路灯谁来修？", group)
    await played.later(minutes=5)
    assert len(played.board(lin, group)) == 1
    assert "等回复 1 条" in played.board(lin, group)[0]


async def test_asked_for_in_the_group_it_answers_and_the_answer_goes(
    played: Played, lin: User, group: Chat
) -> None:
    await played.says(lin, "/board", group)
    assert played.shows(lin, "看板在群置顶里", group) == 1
    await played.later(seconds=61)
    assert played.shows(lin, "看板在群置顶里", group) == 0


async def test_in_private_the_board_is_read_out(played: Played, lin: User, group: Chat) -> None:
    await played.says(lin, "/board")
    assert any(text.startswith("📌") for text in played.board(lin, played.private(lin)))


async def test_a_group_that_was_never_set_up_has_none(played: Played, lin: User) -> None:
    other = played.group("别的群", lin)
    await played.adds_bot(lin, other)
    await played.says(lin, "/board", other)
    assert played.shows(lin, "还没有开通", other) == 1
