"""Check kinds, one module each: a frozen dataclass whose fields are its YAML schema.

A rule says `check: KIND`; the module of that name (with `_` for `-`) holds the class in `CHECK`. A new kind is
a new module here and nothing else.
"""
