"""How the tables of the reading room are made and measured; needs the extra `learn`."""

import os

# Forests this small gain nothing from threads, and on a busy machine threads that spin cost much.
os.environ.setdefault("OMP_NUM_THREADS", "1")
