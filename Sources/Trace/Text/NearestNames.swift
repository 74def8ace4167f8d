/// Finds the names that a mistyped one may be meant for.
package enum NearestNames {
  /// At most `limit` names that differ in few letters, capital or not, the nearest first.
  package static func names(to wanted: String, among names: some Sequence<String>, limit: Int = 3) -> [String]
  {
    // No name is so long; the work grows with the square of it.
    guard wanted.utf8.count <= 64 else { return [] }
    let (wanted, tolerance) = (wanted.lowercased(), max(1, wanted.count / 3))
    let near = names.map { (name: $0, distance: distance(wanted, $0.lowercased())) }
      .filter { $0.distance <= tolerance }
    return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(limit).map(\.name)
  }

  /// How many letters have to be added, removed, replaced, or exchanged with the next to turn one name into the other.
  ///
  /// **Source**: F. J. Damerau, 1964, as the optimal string alignment.
  static func distance(_ one: String, _ other: String) -> Int {
    let (one, other) = (Array(one), Array(other))
    var (beforeLast, last) = ([Int](), Array(0...other.count))
    for (place, letter) in one.enumerated() {
      var row = [place + 1]
      for column in other.indices {
        let replaced = last[column] + (letter == other[column] ? 0 : 1)
        var best = min(replaced, row[column] + 1, last[column + 1] + 1)
        if place > 0, column > 0, letter == other[column - 1], one[place - 1] == other[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[other.count]
  }
}
