"""Signatures that are alike where texts are alike: MinHash with one permutation, in 64 bins.

A text comes down to its letters and digits, so that markup, punctuation and white space make no difference; its
shingles are runs of sixteen of them (eight, where they are CJK). Every shingle is hashed; the hash's top bits name a
bin, and each bin keeps its least hash (Li, Owen and Zhang 2012); an empty bin borrows from the next full one
(Shrivastava and Li 2014). The share of bins in which two signatures agree estimates the Jaccard similarity of the
texts' shingles, with a standard error of 0.06 at most.
"""

from __future__ import annotations

from flows.derive.character_classes import letter_table
from flows.derive.passes import kept_codes, kept_letters, least_hashes

# Texts with fewer shingles say too little: every "See also" would be a duplicate of every other.
SHORTEST = 48
FIRST_CJK = 0x3000


def signature(text: str) -> bytes | None:
    """Return 64 unsigned 32-bit numbers, as bytes; None for less than 48 letters and digits beyond a shingle."""
    if text.isascii():
        kept = kept_letters(text)
        return least_hashes(kept, 1, 4) if len(kept) >= SHORTEST + 16 else None
    codes, cjk = kept_codes(text, letter_table(), FIRST_CJK)
    count = len(codes) // 4
    if count < SHORTEST + 16:
        return None
    return least_hashes(codes, 4, 3 if cjk * 2 > count else 4)
