"""`linsheng evaluate --own`: how well the reader does on what this community's people judged."""

from collections.abc import Iterator

from bot.analysis import PlainReader, reader_named
from bot.analysis.version import version_named
from bot.domain.community import Community
from bot.domain.label import Finding, Label, Sample, flagged
from bot.domain.learning.measure import Judged, Measure, Share, estimate, measure
from bot.domain.learning.values import DRAWN
from bot.domain.talk import Message, Reader
from bot.roof.wiring import now, refuse
from bot.settings import BadSettings, Settings, load_or_make_key
from storage.database import Database
from storage.schema import HEAD, BadDatabase, require
from storage.work import SqlWork

EVER = ""
COLUMNS = f"{'':10}{'precision':26}{'recall':26}{'J':26}"


def own(settings: Settings) -> int:
    """Prints the table; exit status 2 where nobody has judged anything yet."""
    try:
        if require(settings.storage.path) != HEAD:
            raise BadDatabase("the database is of an older version; run: linsheng migrate")
        database = Database(settings.storage.path, now)
        if not database.bind(load_or_make_key(settings.storage.key_file)):
            raise BadSettings("the key file is not the one of this database; restore it.")
    except BadDatabase as refused:
        return refuse(str(refused))
    name = settings.reading.reader
    reader = reader_named(name) or PlainReader()
    with database.work() as work:
        lines = [
            line
            for community in work.communities.all()
            for line in _community(work, community, reader, version_named(name))
        ]
    database.close()
    if not lines:
        return refuse("nobody has judged anything yet; managers do so with /spotcheck.")
    print("\n".join(lines))
    return 0


def _community(work: SqlWork, community: Community, reader: Reader, version: str) -> Iterator[str]:
    labels = work.labels.since(community.id, EVER)
    if not labels:
        return
    yield community.name
    for each in sorted({one.reader for one in labels if one.audited}):
        by = [one for one in labels if one.reader == each]
        strata = work.draws.strata(community.id, EVER)
        yield f"  spot checks, reader {each or 'unknown'}, estimates with 95 % intervals"
        yield f"  {COLUMNS}"
        yield from (_row(measure(finding, by, strata)) for finding in DRAWN)
    yield from _tapped(labels)
    yield from _read_again(work.labels.samples(community.id), reader, version)


def _row(one: Measure) -> str:
    unsure = f"not sure {one.unsure}" if one.unsure else ""
    shares = "".join(f"{_share(each):26}" for each in (one.precision, one.recall, one.j))
    return f"  {one.finding:10}{shares}{unsure}".rstrip()


def _share(one: Share) -> str:
    if one.few:
        return f"too few (n={one.count})"
    return f"{one.value:.2f} [{one.low:.2f}, {one.high:.2f}] n={one.count}"


def _tapped(labels: tuple[Label, ...]) -> Iterator[str]:
    """Counts, no shares: which cards people tap is their choice."""
    tapped = [one for one in labels if not one.audited]
    for finding in Finding:
        found = [one for one in tapped if one.finding is finding and one.flagged]
        missed = [
            one for one in tapped if one.finding is finding and one.truth and not one.flagged
        ]
        if found:
            right = sum(bool(one.truth) for one in found)
            yield f"  tapped on cards, {finding}: right {right} of {len(found)}"
        if missed:
            yield f"  brought by people and real, {finding}: not found {len(missed)}"


def _read_again(samples: tuple[Sample, ...], reader: Reader, version: str) -> Iterator[str]:
    """The lent sentences as the reader reads them now; richer in findings than ordinary talk."""
    if not samples:
        return
    yield f"  lent sentences read again by {version or 'plain'}: {len(samples)}"
    yield f"  {COLUMNS}"
    for finding in (*DRAWN, Finding.HAZARD):
        own = [one for one in samples if one.finding is finding]
        if own:
            yield _row(reread(finding, own, reader))


def reread(finding: Finding, samples: list[Sample], reader: Reader) -> Measure:
    """Every sample judged again by the reader; none stands for more than itself."""
    truths: dict[bool, list[bool]] = {True: [], False: []}
    for one in samples:
        reading = reader.read(Message(one.text), ())
        truths[flagged(reading, finding)].append(one.truth)
    yes, no = truths[True], truths[False]
    return estimate(
        finding, Judged(len(yes), len(yes), sum(yes)), Judged(len(no), len(no), sum(no))
    )
