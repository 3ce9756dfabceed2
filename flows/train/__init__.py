"""Made once, and travelling with the code: small models of names, classes of characters. No build runs any of it."""
