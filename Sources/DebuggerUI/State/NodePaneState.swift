import TerminalUI

/// How the node pane draws a tensor.
package struct NodePaneState: Sendable, Equatable {
  /// What the ends of the colours stand for.
  package enum Scale: Sendable, CaseIterable {
    /// Four standard deviations; what lies beyond is clipped and marked.
    case deviations
    /// The smallest and the greatest value.
    case full
    /// The same, each decade in as many colours.
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
      case .full: "min–max"
      case .logarithm: "log"
      }
    }
  }

  /// Whether rows are shown as images, where they can be.
  package var showsImages = false
  /// Whether every entry is shown, page by page, where the whole would leave some out.
  package var showsEntries = false
  /// The colours; nil for those that fit the values.
  package var colorMap: ColorMap?
  package var scale = Scale.deviations

  /// The usual picture.
  package init() {}

  /// Takes the next colours, after the last the usual ones again.
  mutating func takeNextColors() {
    let all = ColorMap.allCases
    guard let colorMap, let place = all.firstIndex(of: colorMap) else {
      self.colorMap = all.first
      return
    }
    self.colorMap = place + 1 < all.count ? all[place + 1] : nil
  }

  /// Takes the next scale, round and round.
  mutating func takeNextScale() {
    let all = Scale.allCases
    scale = all[((all.firstIndex(of: scale) ?? 0) + 1) % all.count]
  }
}
