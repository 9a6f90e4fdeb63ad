"""`python -m pipeline` is `casewire`."""

import logging

# Beam complains on import, on standard error, that Google's client libraries are absent; they are optional.
logging.basicConfig(level=logging.ERROR)

from pipeline.cli import main  # noqa: E402 -- after the line above

if __name__ == "__main__":
    main()
