"""`python -m pixsession`, and where a program packed into one executable begins."""

import sys

from pixsession.cli.program import main
from pixsession.foundation.own_process import READ_APART

if __name__ == "__main__":
    if sys.argv[1:] == [READ_APART]:
        from pixsession.readers.apart.child import serve

        serve()
    else:
        main()
