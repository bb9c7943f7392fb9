"""The action server: one file per capability, each an object that is given what it needs."""
