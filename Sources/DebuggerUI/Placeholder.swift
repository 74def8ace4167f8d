enum PlaceholderDebuggerUI {}
