"""Who follows what, and whether the names in it lead somewhere."""
