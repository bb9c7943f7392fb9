"""Text as the index and every question see it: analysed terms, sentences, what is furniture of a page."""
