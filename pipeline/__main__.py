"""`python -m pipeline` is `casewire`."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
