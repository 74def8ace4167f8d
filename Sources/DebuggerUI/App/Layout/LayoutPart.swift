import TerminalUI

/// A part of a layout with the panes that are shown: it says how much room it needs, and shares out what it is given.
struct LayoutPart {
  /// What a pane needs of the screen.
  struct Need {
    /// The smallest frame in which it is of use.
    let minimum: Size
    /// The most rows, with its frame, that it can use at a width; nil for any number.
    let height: (_ width: Int) -> Int?
  }

  private enum Content {
    case pane(PaneID, Need)
    case parts([LayoutPart], from: Int)
  }

  /// Parts are side by side from this width on where they are one above the other at all widths.
  private static let never = Int.max

  /// Where the part is in the tree, which names it in the sizes that the user has chosen.
  let path: Int
  private let weight: Int
  private let content: Content

  /// The part of a tree with the panes that are shown; nil without any.
  init?(_ tree: LayoutTree, path: Int = 0, shown: [String: (PaneID, Need)]) {
    switch tree {
    case .pane(let name, let weight):
      guard let (pane, need) = shown[name] else { return nil }
      self.init(path: path, weight: weight, content: .pane(pane, need))
    case .columns(let parts, let columns, let weight):
      self.init(parts, from: columns, path: path, weight: weight, shown: shown)
    case .rows(let parts, let weight):
      self.init(parts, from: LayoutPart.never, path: path, weight: weight, shown: shown)
    }
  }

  private init?(
    _ trees: [LayoutTree], from columns: Int, path: Int, weight: Int, shown: [String: (PaneID, Need)]
  ) {
    let parts = trees.enumerated().compactMap { LayoutPart($1, path: (path << 4) + $0 + 1, shown: shown) }
    guard let first = parts.first else { return nil }
    // A part that is alone takes all of the room.
    self.init(
      path: path, weight: weight, content: parts.count == 1 ? first.content : .parts(parts, from: columns))
  }

  private init(path: Int, weight: Int, content: Content) {
    (self.path, self.weight, self.content) = (path, weight, content)
  }

  /// Its panes.
  var panes: [PaneID] {
    switch content {
    case .pane(let pane, _): [pane]
    case .parts(let parts, _): parts.flatMap(\.panes)
    }
  }

  /// Whether all panes have their smallest sizes in that room.
  func fits(_ size: Size) -> Bool { minimumHeight(size.width, of: size.height) <= size.height }

  /// Puts the panes into that room.
  func place(
    in area: Rect, shares: [LayoutKey: Int], isWhole: Bool = true, into arrangement: inout LayoutArrangement
  ) {
    guard case .parts(let parts, let columns) = content else {
      arrangement.panes += panes.map { (pane: $0, area: area) }
      return
    }
    var isSideBySide = isSideBySide(parts, columns, area.width, isWhole ? area.height : nil)
    // A room that turns out to be tall is stacked where that fits.
    if isSideBySide, Self.isTall(area.size) {
      isSideBySide = parts.reduce(0) { $0 + $1.minimumHeight(area.width) } > area.height
    }
    let axis: LayoutAxis = isSideBySide ? .columns : .rows
    let natural =
      isSideBySide
      ? widths(of: parts, in: area.width)
      : heights(of: parts, weights: columns == LayoutPart.never ? \.weight : \.height, in: area.size)
    let lengths = Self.chosen(shares, axis, parts, natural, in: axis.length(of: area.size))
    let areas =
      isSideBySide
      ? area.splitColumns(lengths.map(Length.fixed)) : area.splitRows(lengths.map(Length.fixed))
    arrangement.splits.append(
      LayoutSplit(
        axis: axis,
        parts: zip(parts, areas).map {
          .init(key: LayoutKey(axis: axis, path: $0.path), area: $1, panes: $0.panes, least: $0.least(axis))
        }))
    for (part, area) in zip(parts, areas) {
      part.place(in: area, shares: shares, isWhole: false, into: &arrangement)
    }
  }

  /// Whether parts are side by side: where the width is enough for all of them, or for those of the whole screen where
  /// it is not tall and narrow.
  private func isSideBySide(_ parts: [LayoutPart], _ columns: Int, _ width: Int, _ whole: Int?) -> Bool {
    guard width >= columns else { return false }
    if let whole { return !Self.isTall(Size(width: width, height: whole)) }
    return parts.reduce(0) { $0 + $1.minimumWidth } <= width
  }

  private static func isTall(_ size: Size) -> Bool { size.height * 3 > size.width * 2 }

  /// The share of the rows where columns are stacked, whose weights are about widths.
  private var height: Int {
    switch content {
    case .pane: weight
    case .parts(let parts, LayoutPart.never): parts.reduce(0) { $0 + $1.height }
    case .parts(let parts, _): parts.map(\.height).max() ?? 0
    }
  }

  /// The user can make it no shorter.
  private func least(_ axis: LayoutAxis) -> Int { axis.least * (axis == .rows ? panes.count : 1) }

  private var minimumWidth: Int {
    switch content {
    case .pane(_, let need): need.minimum.width
    case .parts(let parts, _): parts.map(\.minimumWidth).max() ?? 0
    }
  }

  private func minimumHeight(_ width: Int, of whole: Int? = nil) -> Int {
    switch content {
    case .pane(_, let need): return need.minimum.height
    case .parts(let parts, let columns):
      guard isSideBySide(parts, columns, width, whole) else {
        return parts.reduce(0) { $0 + $1.minimumHeight(width) }
      }
      return zip(parts, widths(of: parts, in: width)).map { $0.minimumHeight($1) }.max() ?? 0
    }
  }

  /// The most rows that its panes can use; nil for any number.
  private func wantedHeight(_ width: Int) -> Int? {
    switch content {
    case .pane(_, let need): return need.height(width)
    case .parts(let parts, let columns):
      let isSideBySide = isSideBySide(parts, columns, width, nil)
      let widths = isSideBySide ? widths(of: parts, in: width) : parts.map { _ in width }
      let heights = zip(parts, widths).compactMap { $0.wantedHeight($1) }
      guard heights.count == parts.count else { return nil }
      return isSideBySide ? heights.max() : heights.reduce(0, +)
    }
  }

  private func widths(of parts: [LayoutPart], in width: Int) -> [Int] {
    let least = parts.map(\.minimumWidth)
    return LayoutShares.lengths(
      of: width, least: least, most: least.map { _ in nil }, weights: parts.map(\.weight))
  }

  private func heights(of parts: [LayoutPart], weights: KeyPath<LayoutPart, Int>, in size: Size) -> [Int] {
    let most = parts.map { $0.wantedHeight(size.width) }
    let least = zip(parts, most).map { part, most in
      min(part.minimumHeight(size.width), most ?? .max)
    }
    return LayoutShares.lengths(
      of: size.height, least: least, most: most, weights: parts.map { $0[keyPath: weights] })
  }

  /// The lengths that the user has chosen; of parts for which there is no choice, the natural ones.
  private static func chosen(
    _ shares: [LayoutKey: Int], _ axis: LayoutAxis, _ parts: [LayoutPart], _ natural: [Int], in length: Int
  ) -> [Int] {
    let chosen = parts.map { shares[LayoutKey(axis: axis, path: $0.path)] }
    guard chosen.contains(where: { $0 != nil }) else { return natural }
    let least = parts.map { $0.least(axis) }
    let weights = parts.indices.map { max(1, (chosen[$0] ?? natural[$0]) - least[$0]) }
    return LayoutShares.lengths(of: length, least: least, most: least.map { _ in nil }, weights: weights)
  }
}
