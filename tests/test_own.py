"""`linsheng evaluate --own`: a table of what this community's people judged."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.analysis import PlainReader
from bot.analysis.version import VERSIONS, version_named
from bot.domain.basics import ChatId, CommunityId
from bot.domain.community import Community
from bot.domain.label import Finding, Label, Sample
from bot.domain.learning import Draw
from bot.roof.own import own, reread
from bot.settings import BadSettings, Settings, load, load_or_make_key
from storage.database import Database
from storage.schema import prepare
from storage.work import SqlWork

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
HOME, CHAT, WEEK = CommunityId("home"), ChatId(-100), "2026-W48"
ASKED = "物业在吗？2号楼门禁什么时候修好？"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return load(Path("config.toml"), {})


@pytest.fixture
def database(settings: Settings) -> Database:
    prepare(settings.storage.path)
    database = Database(settings.storage.path, lambda: NOW)
    assert database.bind(load_or_make_key(settings.storage.key_file))
    with database.work() as work:
        work.communities.put(Community(HOME, "春晖里", "zh-Hans", "Asia/Shanghai", NOW))
    return database


def judge(work: SqlWork, message: int, found: bool, truth: bool, audited: bool = True) -> None:
    question = Finding.QUESTION
    work.draws.offer((Draw(HOME, WEEK, question, found, CHAT, message, 0.5),), 99)
    work.labels.put(
        Label(
            HOME, WEEK, question, found, truth, "manager", None, "plain-1", audited, CHAT, message
        )
    )


def test_spot_checks_taps_and_lent_words_stand_side_by_side(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.work() as work:
        for message in range(20):
            judge(work, message, found=True, truth=message < 15)
            judge(work, 100 + message, found=False, truth=message < 1)
        work.labels.put(
            Label(HOME, WEEK, Finding.CLAIM, True, False, "manager", chat=CHAT, message=500)
        )
        work.labels.keep(Sample(HOME, WEEK, Finding.QUESTION, True, ASKED, CHAT, 1))
        work.labels.keep(Sample(HOME, WEEK, Finding.QUESTION, False, "桂花开了", CHAT, 2))
    assert own(settings) == 0
    said = capsys.readouterr().out
    assert "春晖里" in said
    assert "reader plain-1" in said
    line = next(each for each in said.splitlines() if each.strip().startswith("question"))
    assert "0.75 [" in line
    assert "0.94 [" in line  # 15 of 16 questions were found: both strata held what was judged
    assert "0.73 [" in line  # 15/16 + 19/24 - 1
    assert "tapped on cards, claim: right 0 of 1" in said
    assert f"lent sentences read again by {version_named('plain')}: 2" in said
    assert ASKED not in said


def test_without_labels_it_says_so_and_ends_with_2(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert own(settings) == 2
    assert capsys.readouterr().err == (
        "linsheng: nobody has judged anything yet; managers do so with /spotcheck.\n"
    )


def test_without_a_database_or_with_another_key_it_is_refused_in_one_line(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert own(settings) == 2
    assert "does not exist" in capsys.readouterr().err
    prepare(settings.storage.path)
    opened = Database(settings.storage.path, lambda: NOW)
    assert opened.bind(b"x" * 32)
    opened.close()
    with pytest.raises(BadSettings, match="key file"):
        own(settings)


def test_lent_words_are_judged_as_the_reader_reads_them_now() -> None:
    texts = [(ASKED, True), ("桂花开了", False), ("谢谢大家", False), ("什么情况呢", True)]
    samples = [Sample(HOME, WEEK, Finding.QUESTION, truth, text) for text, truth in texts * 5]
    found = reread(Finding.QUESTION, samples, PlainReader())
    assert found.judged == 20
    assert found.precision.value == 1.0
    assert found.recall.value in (0.5, 1.0)


def test_every_reader_that_can_be_chosen_has_a_version() -> None:
    names = Settings.model_fields["reading"].annotation
    assert names is not None
    choices = names.model_fields["reader"].annotation.__args__
    assert {name for name in choices if name != "off"} == set(VERSIONS)
    assert all(len(version_named(name)) <= 32 for name in choices)
