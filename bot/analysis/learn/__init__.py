"""How the tables of the reading room are made; needs the extra `learn`."""
