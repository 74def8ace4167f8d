/// Guesses which known word a mistyped one was meant to be.
enum Spelling {
  /// The known word nearest to a typed one; nil where none is near.
  static func nearest(to typed: String, among known: [String]) -> String? {
    let typed = Array(typed.lowercased())
    let near = known.map { ($0, distance(typed, Array($0.lowercased()))) }.min { $0.1 < $1.1 }
    guard let near, near.1 <= max(1, typed.count / 3) else { return nil }
    return near.0
  }

  /// How many characters must be put in, left out or changed to make one word the other.
  ///
  /// **Source**: V. Levenshtein, 1965.
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (place, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = place + 1
      for (column, other) in right.enumerated() {
        let changed = diagonal + (character == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
