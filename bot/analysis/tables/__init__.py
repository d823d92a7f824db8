"""Learned tables: plain arrays, checked before they are used."""

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

HERE = Path(__file__).parent
HASHES = HERE / "hashes.json"


class BadTable(Exception):
    """A table file is missing, or is not the one this version was tested with."""


def load(name: str) -> Mapping[str, npt.NDArray[Any]]:
    """The arrays of one table. Raises `BadTable`."""
    try:
        raw = (HERE / f"{name}.npz").read_bytes()
        known = json.loads(HASHES.read_text("utf-8")).get(name)
    except OSError as error:
        raise BadTable(f"the table {name} cannot be read; install Linsheng again") from error
    if hashlib.sha256(raw).hexdigest() != known:
        raise BadTable(f"the table {name} was changed; install Linsheng again")
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        return {part: arrays[part] for part in arrays.files}


def save(name: str, table: Mapping[str, npt.NDArray[Any]], folder: Path = HERE) -> Path:
    """Writes one table and notes its hash; the same arrays make the same bytes."""
    path = folder / f"{name}.npz"
    with path.open("wb") as file:
        np.savez_compressed(file, **dict(sorted(table.items())))  # type: ignore[arg-type]
    hashes = folder / HASHES.name
    known = json.loads(hashes.read_text("utf-8")) if hashes.exists() else {}
    known[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    hashes.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", "utf-8")
    return path
