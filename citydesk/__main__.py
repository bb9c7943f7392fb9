"""`python -m citydesk`: the same as the command line."""

from citydesk.cli import main

if __name__ == "__main__":
    main()
