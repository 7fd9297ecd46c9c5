"""What each output must say: the model → facts, in reading order.

walker.py goes through the model once; pages.py, book.py and handout.py say what is special to each
kind of output.
"""
