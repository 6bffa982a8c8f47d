"""A live board, in the terminal, of a supervised Pix lesson or certification session."""

__version__ = "0.1.0"
