/// Why a run stands where it stands: the breakpoint that stopped it.
public struct BreakpointHit: Sendable, Equatable, Codable {
  /// The breakpoint's number.
  public var breakpoint: Int
  /// The breakpoint as the user wrote it, `norm(fc1.weight.grad) > 5`.
  public var text: String
  /// What was measured, as a sentence: `norm(fc1.weight.grad) is 7.31`; nil for a bare node.
  public var measured: String?

  /// A hit.
  public init(breakpoint: Int, text: String, measured: String? = nil) {
    self.breakpoint = breakpoint
    self.text = text
    self.measured = measured
  }
}
