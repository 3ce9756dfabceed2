"""What is done with every character of every text: searching, rewriting, measuring, hashing, counting words.

Each of them is there twice: in Python (`plain`, `plain_words`, `plain_scores`), which says what it does and runs
anywhere, and in one loop (the other modules, in Cython), which `make setup` compiles where there is a C compiler.
Tests hold both to the same results.
"""

from __future__ import annotations

try:
    from flows.derive.passes.counting import WordCounts
    from flows.derive.passes.hashing import kept_codes, kept_letters, least_hashes
    from flows.derive.passes.measuring import classify, letter_counts, measure
    from flows.derive.passes.recognising import Vocabulary
    from flows.derive.passes.rewriting import github_anchor, squeezed, without_html_tags
    from flows.derive.passes.scoring import add_weights
    from flows.derive.passes.searching import (
        has_line,
        has_marks,
        has_pair,
        has_template_tags,
        without_marks,
        without_template_tags,
    )

    IS_COMPILED = True
except ImportError:
    from flows.derive.passes.plain import (
        classify,
        github_anchor,
        has_line,
        has_marks,
        has_pair,
        has_template_tags,
        kept_codes,
        kept_letters,
        least_hashes,
        letter_counts,
        measure,
        squeezed,
        without_html_tags,
        without_marks,
        without_template_tags,
    )
    from flows.derive.passes.plain_scores import add_weights
    from flows.derive.passes.plain_words import Vocabulary, WordCounts

    IS_COMPILED = False

__all__ = [
    "IS_COMPILED",
    "Vocabulary",
    "WordCounts",
    "add_weights",
    "classify",
    "github_anchor",
    "has_line",
    "has_marks",
    "has_pair",
    "has_template_tags",
    "kept_codes",
    "kept_letters",
    "least_hashes",
    "letter_counts",
    "measure",
    "squeezed",
    "without_html_tags",
    "without_marks",
    "without_template_tags",
]
