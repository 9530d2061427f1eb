"""The words by which an article shows what it says, one file for each language."""
