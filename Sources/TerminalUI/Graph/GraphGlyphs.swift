/// The characters a graph is drawn with.
struct GraphGlyphs {
  let running: Unicode.Scalar
  let forwardDone: Unicode.Scalar
  let backwardDone: Unicode.Scalar
  let waiting: Unicode.Scalar
  let broken: Unicode.Scalar
  let breakpoint: Unicode.Scalar
  let disabledBreakpoint: Unicode.Scalar
  let current: Unicode.Scalar
  let chosenLeft: Unicode.Scalar
  let chosenRight: Unicode.Scalar
  let faulty: Unicode.Scalar
  /// Where connected lines of one weight join from four sides; those that only pass each
  /// other cross as the table of lines has it.
  let knot: Unicode.Scalar
  /// The lines: at `27 × up + 9 × right + 3 × down + left`, each 0 for none, 1 for light, 2 for heavy.
  private let lines: [Unicode.Scalar]

  /// The characters for a screen.
  init(_ capabilities: TerminalCapabilities) { self = capabilities.glyphs.isUnicode ? .unicode : .ascii }

  private init(marks: String, knot: Unicode.Scalar, lines: [Unicode.Scalar]) {
    var next = marks.unicodeScalars.makeIterator()
    waiting = next.next() ?? " "
    running = next.next() ?? " "
    forwardDone = next.next() ?? " "
    backwardDone = next.next() ?? " "
    broken = next.next() ?? " "
    breakpoint = next.next() ?? " "
    disabledBreakpoint = next.next() ?? " "
    current = next.next() ?? " "
    chosenLeft = next.next() ?? " "
    chosenRight = next.next() ?? " "
    faulty = next.next() ?? " "
    self.knot = knot
    self.lines = lines
  }

  /// The mark of a state.
  func mark(of state: GraphNodeState) -> Unicode.Scalar {
    switch state {
    case .waiting: waiting
    case .running: running
    case .forwardDone: forwardDone
    case .backwardDone: backwardDone
    case .broken: broken
    }
  }

  /// The character in which lines leave a cell in the directions of `light` and `heavy`.
  func line(light: GraphArms, heavy: GraphArms, areJoined: Bool) -> Unicode.Scalar {
    if areJoined, light.union(heavy) == .all, light.isEmpty || heavy.isEmpty { return knot }
    var index = 0
    for arm in [GraphArms.up, .right, .down, .left] {
      index = index * 3 + (heavy.contains(arm) ? 2 : light.contains(arm) ? 1 : 0)
    }
    return lines[index]
  }

  private static let unicode = GraphGlyphs(
    marks: "·◐✓◂✗●○▶▐▌⚠", knot: "╋",
    lines: Array(
      """
       ─━│╮┑┃┒┓──╾╭┬┭┎┰┱━╼━┍┮┯┏┲┳\
      │╯┙│┤┥╽┧┪╰┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈\
      ┃┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋
      """.unicodeScalars))

  private static let ascii = GraphGlyphs(
    marks: ".~v<!*o>[]!", knot: "+",
    lines: (0..<81).map { index in
      let arms = [index / 27, index / 9 % 3, index / 3 % 3, index % 3]
      let isHeavy = arms.contains(2)
      if arms[1] == 0, arms[3] == 0 { return isHeavy ? "H" : "|" }
      if arms[0] == 0, arms[2] == 0 { return isHeavy ? "=" : "-" }
      // Four arms are a crossing, where the line down stays whole: joined ones are a knot.
      if !arms.contains(0) { return arms[0] == 2 || arms[2] == 2 ? "H" : isHeavy ? "=" : "|" }
      return isHeavy ? "#" : "+"
    })
}

/// The directions in which lines leave a cell.
struct GraphArms: OptionSet {
  let rawValue: UInt8

  static let up = GraphArms(rawValue: 1)
  static let right = GraphArms(rawValue: 2)
  static let down = GraphArms(rawValue: 4)
  static let left = GraphArms(rawValue: 8)
  static let vertical: GraphArms = [.up, .down]
  static let horizontal: GraphArms = [.right, .left]
  static let all: GraphArms = [.vertical, .horizontal]

  /// Whether it has both upright and level ones.
  var turns: Bool { !isDisjoint(with: .vertical) && !isDisjoint(with: .horizontal) }
}
