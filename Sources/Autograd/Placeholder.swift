enum PlaceholderAutograd {}
