"""Where passages are kept for searching: one port, an adapter for this machine and one for a Milvus server."""
