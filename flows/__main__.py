"""Entry point of the command `dateline`; imports nothing heavy, since worker processes import it too."""


def main() -> None:
    """Run the command line."""
    from flows.cli import run

    run()


if __name__ == "__main__":
    main()
