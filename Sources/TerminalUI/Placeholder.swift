enum PlaceholderTerminalUI {}
