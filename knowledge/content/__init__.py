"""What editors own, read from its files: FAQ entries, the glossary, golden questions."""
