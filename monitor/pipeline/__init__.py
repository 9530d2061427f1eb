"""The stages in the order of the flow; `flow.py` is the page to read first."""
