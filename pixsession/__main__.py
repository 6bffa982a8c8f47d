"""`python -m pixsession`."""

from pixsession.cli import main

if __name__ == "__main__":
    main()
