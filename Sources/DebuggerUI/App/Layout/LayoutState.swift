import Localization
import TerminalUI

/// The layout that was chosen, and what the user has changed of it.
package struct LayoutState: StatePart {
  /// A border that the mouse holds.
  struct Grip: Sendable, Equatable {
    let split: LayoutSplit
    let border: Int
    /// Where it was taken hold of.
    let start: Int
  }

  /// The layout.
  package private(set) var preset = LayoutPreset.debug
  /// The panes that were closed, by name.
  package internal(set) var closed: Set<String> = []
  /// The panes that were opened though the layout does not show them by itself.
  var opened: Set<String> = []
  /// The lengths that the user has chosen, by the names of the parts.
  var shares: [LayoutKey: Int] = [:]
  /// The border that the mouse holds.
  var grip: Grip?
  /// The heights that panes have wanted at their widths. They only grow, so that nothing moves to and fro with the run.
  var heights: [PaneID: [Int: Int]] = [:]
  /// What was last kept for the next time.
  fileprivate var kept: String?

  /// The usual layout.
  package init() { kept = text }

  /// Begins with a layout as it is.
  mutating func choose(_ preset: LayoutPreset) {
    let kept = kept
    self = LayoutState()
    (self.preset, self.kept) = (preset, kept)
  }

  /// All of it as one line: `debug closed=batch opened=system r21=12`.
  package var text: String {
    var words = [preset.name]
    if !closed.isEmpty { words.append("closed=" + closed.sorted().joined(separator: ",")) }
    if !opened.isEmpty { words.append("opened=" + opened.sorted().joined(separator: ",")) }
    words += shares.map { "\($0.key.text)=\($0.value)" }.sorted()
    return words.joined(separator: " ")
  }

  /// Takes a line that was kept; what it says of unknown things is left out.
  mutating func take(_ text: String) {
    let words = text.split(separator: " ")
    guard let name = words.first, let preset = LayoutPreset.all.first(where: { $0.name == name }) else {
      return
    }
    choose(preset)
    for word in words.dropFirst() {
      let sides = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else { continue }
      switch sides[0] {
      case "closed": closed = LayoutState.panes(sides[1])
      case "opened": opened = LayoutState.panes(sides[1])
      default:
        if let key = LayoutKey(sides[0]), let length = Int(sides[1]), (1...1_000).contains(length) {
          shares[key] = length
        }
      }
    }
    kept = self.text
  }

  private static func panes(_ list: String) -> Set<String> {
    Set(list.split(separator: ",").map(String.init)).intersection(PaneTable.ids.map(\.name))
  }

  /// The line to keep, once it is another one and no border is held.
  mutating func takeNews() -> String? {
    guard grip == nil, kept != text else { return nil }
    kept = text
    return text
  }
}

extension DebuggerState {
  /// The layout that was chosen.
  package var layout: LayoutState {
    get { parts[LayoutState.self] }
    set { parts[LayoutState.self] = newValue }
  }

  /// Begins with the layout that was kept; a layout that is asked for by name is as it was kept, or as it is made.
  package mutating func beginLayout(kept: String?, named preset: LayoutPreset? = nil) {
    if let kept { layout.take(kept) }
    if let preset, preset != layout.preset { layout.choose(preset) }
    tellClosedPanes()
    if let first = layout.preset.order.first(where: { !layout.closed.contains($0) }),
      let pane = PaneTable.ids.first(where: { $0.name == first })
    {
      self.pane = pane
    }
  }
}

extension DebuggerState {
  /// Says which panes were closed the last time, and how they are opened.
  private mutating func tellClosedPanes() {
    let closed = PaneTable.ids.filter { layout.closed.contains($0.name) }
    guard let first = closed.first, notice == nil else { return }
    let titles = closed.map { $0.title.lowercased() }.joined(separator: ", ")
    notice = Notice(
      localized("closed since the last time: \(titles). ':open \(first.name)' opens a pane again."))
  }
}
