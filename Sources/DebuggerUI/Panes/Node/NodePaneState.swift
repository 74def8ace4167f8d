import Localization
import TerminalUI

/// How the node pane draws a tensor.
package struct NodePaneState: StatePart, Equatable {
  /// What the ends of the colours stand for.
  package enum Scale: Sendable, CaseIterable {
    /// Four standard deviations; what lies beyond is clipped and marked.
    case deviations
    /// The smallest and the greatest value.
    case full
    /// The same, with as many colours for each decade.
    case logarithm

    /// The rule of the heat map.
    var rule: HeatMapScale.Rule {
      switch self {
      case .deviations: .deviations(4)
      case .full: .full
      case .logarithm: .logarithmic
      }
    }

    /// What the frame calls it.
    var name: String {
      switch self {
      case .deviations: "4 σ"
      case .full: localized("min–max")
      case .logarithm: localized("log")
      }
    }
  }

  /// Whether rows are shown as images, where they can be.
  package var showsImages = false
  /// Whether every entry is shown, page by page, where the picture of the whole would leave some out.
  package var showsEntries = false
  /// Whether the tensor is shown as numbers in place of its picture.
  package private(set) var showsNumbers = false
  /// The row and the column of the number at the top left.
  var firstNumber = Matrix.Place(row: 0, column: 0)
  /// The colours; nil for those that fit the values.
  package var colorMap: ColorMap?
  /// What the ends of the colours stand for.
  package var scale = Scale.deviations

  /// The default picture.
  package init() {}

  /// Shows the tensor as numbers, or as a picture again.
  mutating func toggleNumbers() {
    showsNumbers.toggle()
    firstNumber = Matrix.Place(row: 0, column: 0)
  }

  /// Takes the next colours, and the default after the last.
  mutating func takeNextColors() {
    let all = ColorMap.allCases
    guard let colorMap, let place = all.firstIndex(of: colorMap) else {
      self.colorMap = all.first
      return
    }
    self.colorMap = place + 1 < all.count ? all[place + 1] : nil
  }

  /// Takes the next scale, and the first after the last.
  mutating func takeNextScale() {
    let all = Scale.allCases
    scale = all[((all.firstIndex(of: scale) ?? 0) + 1) % all.count]
  }
}

extension PaneID {
  /// The chosen node's tensor.
  package static let node = PaneID(title: Sentence("Node"))
}

extension DebuggerState {
  /// What the node pane keeps.
  package var nodePane: NodePaneState {
    get { parts[NodePaneState.self] }
    set { parts[NodePaneState.self] = newValue }
  }
}
