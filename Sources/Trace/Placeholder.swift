enum PlaceholderTrace {}
