/// Every operator of a graph and every parameter, each with the place at which its derivative is farthest from a finite
/// difference.
package struct GraphGradientCheck: Sendable, Equatable, Codable {
  /// An operator or a parameter.
  package struct Row: Sendable, Equatable, Codable {
    /// The operator's node, or the parameter.
    package var node: String
    /// The node whose gradient the operator passed on; nil for a parameter, whose gradient is that of the loss.
    package var input: String?
    /// The comparison in which the two are farthest apart.
    package var worst: GradientComparison
    /// How many cells were compared.
    package var cellCount: Int

    /// An operator or a parameter.
    package init(node: String, input: String?, worst: GradientComparison, cellCount: Int) {
      self.node = node
      self.input = input
      self.worst = worst
      self.cellCount = cellCount
    }
  }

  /// All of them, the worst first.
  package private(set) var rows: [Row]
  /// What the check shows, in sentences.
  package var conclusion: String

  /// A check; the rows are sorted, the worst first.
  package init(rows: [Row], conclusion: String = "") {
    self.rows = rows.sorted { $0.worst.badness > $1.worst.badness }
    self.conclusion = conclusion
  }

  /// The rows that show something.
  package func rows(_ judgement: GradientComparison.Judgement) -> [Row] {
    rows.filter { $0.worst.judgement == judgement }
  }
}

extension GradientComparison {
  /// The order from what proves nothing over what is right to what is worst.
  package var badness: Double {
    switch judgement {
    case .provesNothing: -1
    case .agrees: relativeError * 1e-9
    case .isNotFinite: 1
    case .differs: 2 + relativeError
    }
  }
}
