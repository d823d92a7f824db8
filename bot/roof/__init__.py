"""The roof in parts: the wiring of everything below, one module for each kind of command."""
