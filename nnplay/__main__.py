"""`python -m nnplay` is the nnplay command."""

import sys

from nnplay.app import main

if __name__ == "__main__":
    sys.exit(main())
