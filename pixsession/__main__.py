"""`python -m pixsession`, and where a program packed into one executable begins."""

from pixsession.cli.program import main

if __name__ == "__main__":
    main()
