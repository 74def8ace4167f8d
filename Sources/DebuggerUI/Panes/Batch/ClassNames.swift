import Trace

/// The names of classes as the batch pane has room for them.
struct ClassNames {
  private let names: [String]
  /// The characters that all names begin with, up to a sign: `Iris-`.
  private let prefix: Int

  init(_ names: [String]) {
    self.names = names.map(\.withVisibleControls)
    guard names.count > 1, let first = names.first else {
      prefix = 0
      return
    }
    let letters = names.map(Array.init)
    let shared = Array(first).indices.prefix { place in
      letters.allSatisfy { $0.indices.contains(place) && $0[place] == letters[0][place] }
    }
    prefix = shared.last { ["-", "_", " ", ":", "/"].contains(letters[0][$0]) }.map { $0 + 1 } ?? 0
  }

  /// Whether names need more room than numbers.
  var areLong: Bool { names.contains { $0.count > 2 } }

  /// The longest name's characters.
  var longest: Int { names.map(\.count).max() ?? 0 }

  /// A class's name in full; its number where it has none.
  func full(_ label: Int) -> String { names.indices.contains(label) ? names[label] : "\(label)" }

  /// A class's name within a number of columns, without what all names begin with.
  func short(_ label: Int, width: Int) -> String {
    guard names.indices.contains(label) else { return "\(label)" }
    guard names[label].count > width else { return names[label] }
    let name = names[label].dropFirst(prefix)
    return name.count <= width ? String(name) : name.prefix(width - 1) + "…"
  }
}
