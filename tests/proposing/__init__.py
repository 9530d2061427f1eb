"""How the gate judges a model that tells truths and lies in equal parts."""
