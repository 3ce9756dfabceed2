"""The marks that the structure puts into text, and the classes that characters are told apart by.

The classes hold what the counts need: word-break property (UAX #29), script, case, and what ends a sentence.
`flows.train.characters` says which is which, `flows.derive.character_classes` finds them in a text.
"""

from __future__ import annotations

# Marks that the structure puts into text: between blocks, around code; inside code, so that nothing takes it for a
# shortcode or a tag, in place of two characters.
BLOCK_END, CODE_START, CODE_END = "\x00", "\x01", "\x02"
BRACE, LESS_THAN = "\x03", "\x04"
MARKS = (BLOCK_END, CODE_START, CODE_END, BRACE, LESS_THAN)

# Letters that belong to words as UAX #29 has them.
LETTERS = b"zLlCcGgorwdnmejit"
# What is none of these: symbols and other punctuation.
OTHER = b"~"
