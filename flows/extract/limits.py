"""What front matter may cost; beyond it, the raw text is kept and a problem says why it is not read."""

from __future__ import annotations

MAX_FRONT_MATTER_BYTES = 1 << 20
"""Front matter longer than this is kept as text only."""
MAX_DEPTH = 100
"""Levels of lists and mappings in each other."""
MAX_EXPANDED_VALUES = 100_000
"""Values that aliases may add by repeating what an anchor names."""
MAX_EXPANDED_CHARACTERS = 4_000_000
"""Characters that aliases may add."""
MAX_FORGIVING_BYTES = 1 << 18
"""Front matter that breaks its format's rules is tried again, more slowly, up to this length."""
MAX_PROBLEMS = 200
"""Problems noted about the front matter of one file."""
