"""One file per command. Each imports what it needs only when it runs, so that `--help` is quick."""
