from flows.derive.passes.plain_words import Vocabulary as Vocabulary
