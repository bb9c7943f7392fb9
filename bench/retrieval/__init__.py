"""Search measured: quality, time, memory and disk beside other projects, each in a process of its own, in one run."""
