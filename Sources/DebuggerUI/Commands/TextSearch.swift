extension String {
  /// The text without spaces at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  /// How many characters come before the first occurrence of `part`; nil where there is none.
  func characterOffset(of part: String) -> Int? {
    var rest = self[...]
    while !rest.hasPrefix(part) {
      guard rest.popFirst() != nil else { return nil }
    }
    return part.isEmpty ? nil : count - rest.count
  }
}
