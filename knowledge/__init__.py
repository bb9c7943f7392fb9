"""Documents to passages, encoder, FAISS and lexical index, hits, answers. Imports nothing else of ours."""
