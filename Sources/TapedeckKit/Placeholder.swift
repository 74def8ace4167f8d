enum PlaceholderTapedeckKit {}
