"""Writes zh-Hant.toml from zh-Hans.toml: opencc (s2twp) and a short table of overrides.

Run as `python -m handlers.say.hant`; a test checks that the file is current.
"""

from pathlib import Path

from opencc import OpenCC

HERE = Path(__file__).parent
OVERRIDES = {
    "機器人令牌": "機器人權杖",
}


def generated() -> str:
    """The traditional-script catalogue as it must be."""
    text: str = OpenCC("s2twp").convert((HERE / "zh-Hans.toml").read_text(encoding="utf-8"))
    for found, wanted in OVERRIDES.items():
        text = text.replace(found, wanted)
    return text


if __name__ == "__main__":
    (HERE / "zh-Hant.toml").write_text(generated(), encoding="utf-8")
