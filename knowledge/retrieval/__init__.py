"""From a question to its best passages: candidates of both kinds, scores, one order."""
