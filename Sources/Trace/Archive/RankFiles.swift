/// The names of the recordings of several processes that train together: one for each.
package enum RankFiles {
  private static let ending = ".tapedeck"

  /// The path of a rank's recording, `run.rank1.tapedeck`; rank 0 has the name that was given.
  package static func path(_ path: String, rank: Int) -> String {
    guard rank > 0 else { return path }
    return path.hasSuffix(ending)
      ? "\(path.dropLast(ending.count)).rank\(rank)\(ending)" : "\(path).rank\(rank)"
  }

  /// The paths of all ranks' recordings, from the path of one of them.
  package static func all(_ path: String, of rank: RunDescription.Rank) -> [String] {
    var first = path
    let mark = ".rank\(rank.number)"
    if rank.number > 0, let range = path.range(ofLast: mark) { first.removeSubrange(range) }
    return (0..<min(rank.count, 1_024)).map { RankFiles.path(first, rank: $0) }
  }
}

extension String {
  /// Where a text is in this one for the last time; nil where it is not.
  fileprivate func range(ofLast text: String) -> Range<Index>? {
    var place = endIndex
    while place > startIndex {
      place = index(before: place)
      if self[place...].hasPrefix(text) { return place..<index(place, offsetBy: text.count) }
    }
    return nil
  }
}
