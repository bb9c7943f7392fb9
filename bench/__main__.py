"""`python -m bench`: run every measurement and write bench/results/."""

from bench import conversation, report


def main() -> None:
    """Measure, then write JSON, table and plot."""
    result = conversation.measure()
    report.write(result)


if __name__ == "__main__":
    main()
