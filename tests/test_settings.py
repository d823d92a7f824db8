"""The settings: one file, the environment over it, and one plain line for every mistake."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import BadSettings, load
from tests.canary import CANARY, SECRET

ROOT = Path(__file__).parent.parent


HEAVY = {"telegram", "sqlalchemy", "numpy", "httpx", "jieba", "apscheduler", "starlette"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def written(file: Path, text: str, mode: int = 0o600) -> Path:
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def refusal(path: Path | None, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(BadSettings) as refused:
        load(path, environ or {})
    line = refused.value.line
    assert line.isprintable()
    assert SECRET not in line
    return line


def said_by(path: Path | None, environ: dict[str, str]) -> str:
    try:
        return repr(load(path, environ))
    except BadSettings as refused:
        return refused.line


def test_without_a_file_the_bot_plays_its_demo() -> None:
    settings = load(None, {})
    assert settings.telegram.token is None
    assert settings.demo.port == 8765
    assert settings.storage.path == Path.cwd() / "data/linsheng.db"


def test_a_file_that_is_not_there_yet_is_the_demo_too(file: Path) -> None:
    assert load(file, {}).storage.path == file.parent / "data/linsheng.db"


def test_the_example_says_every_setting_and_what_it_is_when_nothing_is_said() -> None:
    example = ROOT / "config.example.toml"
    assert load(example, {}) == load(ROOT / "config.toml.missing", {})
    told = {name: set(keys) for name, keys in tomllib.loads(example.read_text("utf-8")).items()}
    known = {name: set(type(section).model_fields) for name, section in load(None, {}) if section}
    assert told == known


def test_every_line_of_the_example_is_explained_in_both_languages() -> None:
    lines = (ROOT / "config.example.toml").read_text("utf-8").splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        assert not line or line[0] in "#[" or before.startswith("#"), line
    assert sum("一" <= letter <= "鿿" for letter in "".join(lines)) > 100


def test_the_environment_wins_over_the_file(file: Path) -> None:
    written(file, "[community]\nk = 7\ntimezone = 'Europe/London'\n")
    settings = load(file, {"LINSHENG_COMMUNITY__K": "9", "linsheng_owner__id": "12"})
    assert (settings.community.k, settings.owner.id) == (9, 12)
    assert settings.community.zone.key == "Europe/London"


def test_an_empty_variable_says_nothing(file: Path) -> None:
    written(file, "[community]\nk = 7\n")
    assert load(file, {"LINSHENG_COMMUNITY__K": ""}).community.k == 7


def test_variables_that_are_no_settings_but_ours_are_let_pass() -> None:
    assert load(None, {"LINSHENG_DATA": "x", "LINSHENG_CONFIG": "y", "PATH": "z"}) == load(
        None, {}
    )


def test_the_process_environment_is_not_read_behind_our_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LINSHENG_COMMUNITY__K", "9")
    assert load(None, {}).community.k == 5


def test_the_token_comes_from_the_file_or_the_environment(file: Path) -> None:
    written(file, f'[telegram]\ntoken = "{CANARY}"\n')
    for settings in (load(file, {}), load(None, {"LINSHENG_TELEGRAM__TOKEN": CANARY})):
        assert settings.telegram.token is not None
        assert settings.telegram.token.get_secret_value() == CANARY


def test_the_token_stands_in_no_repr_and_no_str() -> None:
    settings = load(None, {"LINSHENG_TELEGRAM__TOKEN": CANARY})
    for said in (
        repr(settings),
        str(settings),
        f"{settings.telegram}",
        settings.model_dump_json(),
    ):
        assert SECRET not in said


def test_settings_never_change(file: Path) -> None:
    settings = load(file, {})
    with pytest.raises(ValueError, match="frozen"):
        settings.log = settings.log  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        settings.community.k = 6  # type: ignore[misc]


def test_paths_start_at_the_folder_of_the_file(file: Path) -> None:
    text = '[storage]\npath = "a.db"\nkey_file = "/k/y"\nbackup_dir = "~/b"\n'
    kept = load(written(file, text), {}).storage
    assert kept.path == file.parent / "a.db"
    assert kept.key_file == Path("/k/y")
    assert kept.backup_dir == Path("~/b").expanduser()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[community]\nk = 4", "community.k must be a whole number from 5"),
        ("[community]\nk = 0", "community.k"),
        ("[community]\nk = true", "community.k"),
        ("[community]\nk = 5.5", "community.k"),
        ("[community]\nk = nan", "community.k"),
        ("[community]\ntimezone = 'Asia/Shanghia'", "community.timezone must be a time zone"),
        ("[community]\ntimezone = '../../etc/passwd'", "community.timezone"),
        ("[community]\ntimezone = ''", "community.timezone"),
        ("[community]\ntimezone = 'Asia'", "community.timezone"),
        ("[community]\nlanguage = 'fr'", "community.language must be zh-Hans, zh-Hant or en"),
        ("[storage]\nretention_days = 181", "storage.retention_days must be"),
        ("[storage]\nretention_days = -1", "storage.retention_days"),
        ("[storage]\npath = ''", "storage.path must be the path"),
        ('[storage]\nkey_file = "a\\u0000b"', "storage.key_file"),
        ("[owner]\nid = -5", "owner.id"),
        ("[owner]\nid = '@wong'", "owner.id must be the number Telegram gave"),
        ("[log]\nlevel = 'LOUD'", "log.level must be DEBUG"),
        ("[demo]\nport = 65536", "demo.port must be a port"),
        ("[telegram]\napi_base_url = 'ftp://x'", "telegram.api_base_url"),
        ("[telegram]\napi_base_url = 'https://a:b@x'", "telegram.api_base_url"),
        ("[telegram]\napi_base_url = 'http://[x'", "telegram.api_base_url"),
        ("[telegram]\ntoken = 'swordfish'", "telegram.token must be the token @BotFather"),
        ("[telegram]\ntoken = 5", "telegram.token"),
        ("telegram = 5", "telegram must be a section, [telegram]"),
        ("[[telegram]]\ntoken = ''", "telegram must be a section"),
        ("[telegrm]\nx = 1", "telegrm is no setting"),
        ("[community]\ntimezon = 'UTC'", "did you mean community.timezone?"),
        ("k = 5", "k is no setting"),
    ],
)
def test_a_wrong_value_is_refused_by_its_name(file: Path, text: str, named: str) -> None:
    line = refusal(written(file, text))
    assert named in line
    assert str(file) in line


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("[community]\nk = \n", 2),
        ("[community\n", 1),
        ("[a]\n[b]\n[a]\n", 3),
        (f'[telegram]\ntoken = "{CANARY}\n', 2),
        (f"[telegram]\n{CANARY} = 1\n", 2),
        ("k = '''\nnever closed\n", 2),
        ("x = " + "[" * 5000, 1),
        ("x = " + "9" * 5000, 1),
        ("a = 1\r\nb = \0\n", 2),
    ],
)
def test_broken_toml_is_refused_with_its_line(file: Path, text: str, number: int) -> None:
    assert f"line {number} is not TOML" in refusal(written(file, text))


def test_what_is_not_utf8_is_refused_with_its_line(file: Path) -> None:
    file.write_bytes("[community]\n# 社区\n".encode("gb18030"))
    assert "line 2 is not UTF-8" in refusal(file)


def test_the_mark_that_some_editors_put_first_does_no_harm(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf[community]\r\nk = 6\r\n")
    assert load(file, {}).community.k == 6


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_token_that_others_may_read_is_refused(file: Path, mode: int) -> None:
    written(file, f'[telegram]\ntoken = "{CANARY}"\n', mode)
    assert f"run: chmod 600 {file}" in refusal(file)
    assert "chmod" in refusal(file, {"LINSHENG_TELEGRAM__TOKEN": CANARY})


def test_a_file_without_a_token_may_be_read_by_all(file: Path) -> None:
    assert load(written(file, '[telegram]\ntoken = ""\n', 0o644), {}).telegram.token is None


def test_a_folder_a_pipe_and_a_flood_are_no_settings_files(tmp_path: Path, file: Path) -> None:
    assert "cannot be read; see that it is a file" in refusal(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "no regular file" in refusal(tmp_path / "pipe")
    assert "too long" in refusal(written(file, "#" * (1 << 20) + "\n"))
    assert "cannot be read" in refusal(written(tmp_path / "x", "") / "config.toml")
    assert "cannot be read" in refusal(Path("a\nb\0c"))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("LINSHENG_COMMUNITY__K", "4", "LINSHENG_COMMUNITY__K must be a whole number from 5"),
        ("LINSHENG_COMUNITY__K", "5", "did you mean LINSHENG_COMMUNITY__K?"),
        ("LINSHENG_TOKEN", CANARY, "LINSHENG_TOKEN is no setting"),
        ("LINSHENG_TELEGRAM", f'{{"token": "{CANARY}"}}', "LINSHENG_TELEGRAM is no setting"),
        ("LINSHENG_TELEGRAM__TOKEN", CANARY + " ", "LINSHENG_TELEGRAM__TOKEN must be the token"),
        ("LINSHENG_TELEGRAM__TOKEN__X", CANARY, "LINSHENG_TELEGRAM__TOKEN__X is no setting"),
        (f"LINSHENG_{CANARY}", "", "is no setting"),
        ("LINSHENG_LOG__LEVEL\n", "INFO", "is no setting"),
    ],
)
def test_a_wrong_variable_is_refused_by_its_name(name: str, text: str, said: str) -> None:
    assert said in refusal(None, {name: text})


@given(st.text(max_size=200))
def test_no_file_whatever_brings_more_than_one_line(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_text(text, encoding="utf-8", errors="surrogatepass")
    assert said_by(file, {}).isprintable()


@given(st.dictionaries(st.from_regex(r"(?i)LINSHENG_\w*", fullmatch=True), st.text()))
def test_no_environment_whatever_brings_more_than_one_line(environ: dict[str, str]) -> None:
    assert said_by(None, environ).isprintable()


def test_settings_are_read_without_anything_that_takes_long_to_load() -> None:
    program = (
        "import sys; from bot.settings import load; load(None, {})\n"
        f"print(*{HEAVY!r} & set(sys.modules))"
    )
    said = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, text=True)
    assert said.split() == []
