"""Work on files: an export read once, and the digests of a week written out."""

from pathlib import Path

from bot.analysis import ExportReader, PlainReader, reader_named
from bot.domain.basics import Lang
from bot.domain.digest.values import span_of
from bot.domain.importing import BadExport, Imported, lines_of, summary
from bot.domain.letter import Card
from bot.roof.bar import Bar
from bot.roof.wiring import desks, now, refuse
from bot.settings import BadSettings, Settings, load_or_make_key
from handlers.say.texts import render
from storage.database import Database
from storage.schema import BadDatabase, require


def read_export(settings: Settings, path: Path) -> int:
    """Prints what an export holds; nothing of it is kept. Returns the exit status."""
    if not path.is_file():
        return refuse(f"{path} does not exist; name the result.json of a chat export.")
    reader = reader_named(settings.reading.reader) or PlainReader()
    bar = Bar(path.stat().st_size)
    try:
        found = ExportReader(reader).read(path, bar.to)
    except BadExport as error:
        bar.end()
        return refuse(_said(settings.community.language, settings, Card(error.key)))
    bar.end()
    _print(settings, found)
    return 0


def _print(settings: Settings, found: Imported) -> None:
    lang = settings.community.language
    print(_said(lang, settings, summary(found)))
    for line in lines_of(found):
        print(_said(lang, settings, Card(line.key, (), line.values)))


def _said(lang: Lang, settings: Settings, card: Card) -> str:
    return render(lang, settings.community.timezone, card.key, card.values, plain=True)


def digests(settings: Settings, week: str, out: Path) -> int:
    """Writes both digests of a week, for each community. Returns the exit status."""
    try:
        span_of(week, "UTC")
    except ValueError:
        return refuse(f"{week!r} is no week; write it like 2026-W47.")
    try:
        require(settings.storage.path)
        key = load_or_make_key(settings.storage.key_file)
        database = Database(settings.storage.path, now)
        if not database.bind(key):
            raise BadSettings("the key file is not the one of this database; restore it.")
        written = _write(settings, key, database, week, out)
    except BadDatabase as refused:
        return refuse(str(refused))
    except OSError as error:
        return refuse(f"{out} cannot be written ({error.strerror}).")
    database.close()
    print(f"{written} files in {out}" if written else "there is no community yet")
    return 0


def _write(settings: Settings, key: bytes, database: Database, week: str, out: Path) -> int:
    out.mkdir(parents=True, exist_ok=True)
    desk, written = desks(settings, key).digest, 0
    with database.work() as work:
        for community in work.communities.all():
            residents, managers = desk.week(work, community, week)
            for name, card in (("residents", residents), ("managers", managers)):
                card = card or Card("digest.nothing")
                text = render(community.lang, community.zone, card.key, card.values, plain=True)
                path = out / f"{week}-{community.id}-{name}.txt"
                path.write_text(f"{text}\n", encoding="utf-8")
                written += 1
    return written
