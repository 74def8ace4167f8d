/// The numbers of several processes that train together, side by side.
package struct RankTable: Sendable, Equatable, Codable {
  /// One process's numbers after the last step that all have ended.
  package struct Row: Sendable, Equatable, Codable {
    /// The process's number among all, from 0.
    package var rank: Int
    /// The step; 0 before the first.
    package var step = 0
    /// The loss of its own batch; nil where there was none.
    package var loss: Float?
    /// The norm of all gradients together in the last step in which all processes measured it.
    package var gradientNorm: Float?
    /// A hash of all parameters; nil before the first step.
    package var hash: UInt64?

    /// A process without numbers.
    package init(rank: Int) { self.rank = rank }
  }

  /// Parameters that should be the same in all processes and are not.
  package struct Difference: Sendable, Equatable, Codable {
    /// The step after which they differed first.
    package var step: Int
    /// The first parameter that differs, in the model's order; nil where it is not known.
    package var parameter: String?

    /// A difference.
    package init(step: Int, parameter: String? = nil) {
      self.step = step
      self.parameter = parameter
    }
  }

  /// The processes in the order of their ranks.
  package var rows: [Row]
  /// The rank that the screen shows.
  package var shown: Int
  /// How the parameters differ; nil while they are the same.
  package var difference: Difference?

  /// A table before any numbers.
  package init(ranks: [Int], shown: Int) {
    rows = ranks.map { Row(rank: $0) }
    self.shown = shown
  }
}
