"""What the bytes of a source say: documents, lines of JSON, tables and spreadsheets."""
