extension KeyHints {
  /// The first of some hints, as many as there is room for before those that are always there.
  package static func fitting(_ hints: [Hint], last: [Hint], width: Int) -> [Hint] {
    let gap = 2
    var room = width - last.reduce(0) { $0 + $1.width + gap } + gap
    let first = hints.prefix { hint in
      room -= hint.width + gap
      return room >= 0
    }
    return first + last
  }
}

extension KeyHints.Hint {
  /// The columns that it takes.
  fileprivate var width: Int { key.count + 1 + action.count }
}
