from flows.derive.passes.plain import WordCounts as WordCounts
