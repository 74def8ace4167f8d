/// Finds the names that a mistyped one may be meant for.
package enum NearestNames {
  /// At most `limit` names that differ in few letters, the nearest first.
  package static func names(to wanted: String, among names: some Sequence<String>, limit: Int = 3) -> [String]
  {
    let tolerance = max(2, wanted.count / 3)
    let near = names.map { (name: $0, distance: distance(wanted, $0)) }.filter { $0.distance <= tolerance }
    return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(limit).map(\.name)
  }

  /// How many letters have to be added, removed or replaced to turn one name into the other.
  package static func distance(_ one: String, _ other: String) -> Int {
    let (one, other) = (Array(one), Array(other))
    var row = Array(0...other.count)
    for (place, letter) in one.enumerated() {
      var diagonal = row[0]
      row[0] = place + 1
      for column in other.indices {
        let replaced = diagonal + (letter == other[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}
