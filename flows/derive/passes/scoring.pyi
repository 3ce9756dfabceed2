from flows.derive.passes.plain_scores import add_weights as add_weights
