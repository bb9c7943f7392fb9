"""News ingest measured beside other feed readers, on loopback, with real items."""
