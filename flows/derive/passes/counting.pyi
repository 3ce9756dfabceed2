from flows.derive.passes.plain_words import WordCounts as WordCounts
