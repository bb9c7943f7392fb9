"""Whether what was found answers the question: features, a small model of them, its training, the decision."""
