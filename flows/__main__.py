"""Entry point of the command `dateline`; imports nothing heavy, since worker processes import it too."""

import sys


def main() -> None:
    """Run the command line."""
    from flows.early_start import begin_workers

    begin_workers(sys.argv[1:])
    from flows.cli import run

    run()


if __name__ == "__main__":
    main()
