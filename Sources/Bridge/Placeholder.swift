enum PlaceholderBridge {}
