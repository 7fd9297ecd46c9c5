"""Manual → what readers get: Markdown pages, one HTML file, an EPUB, PDF handouts.

Each folder is one writer with its templates, and no writer uses another. All of them start from
views.py.
"""
