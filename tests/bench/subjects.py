"""The two bots Linsheng is measured beside; run as `python -m tests.bench.subjects NAME URL`."""

import asyncio
import sys
from pathlib import Path

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, TypeHandler

TOKEN = "1000001:" + "b" * 35
Context = ContextTypes.DEFAULT_TYPE


async def nothing(update: Update, context: Context) -> None:
    """The empty handler."""


def naive(folder: Path) -> "Application":  # type: ignore[type-arg]  # PTB's six parameters say nothing here
    """PTB, jieba, SnowNLP and one ORM commit a message: what one writes on a first evening."""
    import jieba
    from snownlp import SnowNLP
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    class Base(DeclarativeBase):
        pass

    class Said(Base):
        __tablename__ = "said"
        id: Mapped[int] = mapped_column(primary_key=True)
        words: Mapped[str]
        mood: Mapped[float]

    engine = create_engine(f"sqlite:///{folder / 'naive.db'}")
    Base.metadata.create_all(engine)
    jieba.initialize()

    async def read(update: Update, context: Context) -> None:
        text = (update.message.text if update.message else None) or ""
        if text:
            said = Said(words=" ".join(jieba.lcut(text)), mood=SnowNLP(text).sentiments)
            with Session(engine) as session:
                session.add(said)
                session.commit()

    return _application(read)


def _application(handler: object) -> "Application":  # type: ignore[type-arg]
    app = ApplicationBuilder().token(TOKEN).base_url(f"{sys.argv[2]}/bot").build()
    app.add_handler(TypeHandler(Update, handler))  # type: ignore[arg-type]
    return app


async def main() -> None:
    """Polls for ever with PTB's own loop."""
    app = naive(Path(sys.argv[3])) if sys.argv[1] == "naive" else _application(nothing)
    async with app:
        await app.start()
        if app.updater is not None:
            await app.updater.start_polling(poll_interval=0)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
