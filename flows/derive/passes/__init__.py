"""What is done with every character of every text: measuring, hashing, counting words.

Each of the three is there twice: in Python (`plain`), which says what it does and runs anywhere, and in one loop
(`measuring.pyx`, `hashing.pyx`), which `make setup` compiles where there is a C compiler. Tests hold both to the same
results.
"""

from __future__ import annotations

try:
    from flows.derive.passes.hashing import least_hashes, tally
    from flows.derive.passes.measuring import measure

    IS_COMPILED = True
except ImportError:
    from flows.derive.passes.plain import least_hashes, measure, tally

    IS_COMPILED = False

__all__ = ["IS_COMPILED", "least_hashes", "measure", "tally"]
