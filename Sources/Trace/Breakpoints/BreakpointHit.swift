import Localization

/// Why a run is paused: the breakpoint that stopped it.
package struct BreakpointHit: Sendable, Equatable, Codable {
  /// The breakpoint's number.
  package var breakpoint: Int
  /// The breakpoint as the user wrote it, `norm(fc1.weight.grad) > 5`.
  package var text: String
  /// What was measured, as a sentence: `norm(fc1.weight.grad) is 7.31`; nil for a bare node.
  package var measured: String?

  /// A hit.
  package init(breakpoint: Int, text: String, measured: String? = nil) {
    self.breakpoint = breakpoint
    self.text = text
    self.measured = measured
  }

  /// The hit in words: `breakpoint 2, loss > 10: loss is 11.3`.
  package var sentence: String {
    localized("breakpoint \(breakpoint), \(text)") + (measured.map { ": \($0)" } ?? "")
  }
}
