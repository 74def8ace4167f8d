enum PlaceholderNN {}
