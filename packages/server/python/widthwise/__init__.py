"""Widthwise, as its npm package has it, with a launcher: `widthwise` on the command line, or `python -m widthwise`."""
