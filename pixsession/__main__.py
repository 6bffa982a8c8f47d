"""`python -m pixsession`."""

from pixsession.cli.program import main

if __name__ == "__main__":
    main()
