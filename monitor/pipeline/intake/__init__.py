"""From a source to versions: looking, taking in, holding, withdrawing."""
