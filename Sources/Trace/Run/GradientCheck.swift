/// The gradient of a parameter, compared cell by cell with finite differences: (L(w + h) − L(w − h)) ÷ 2h, in double precision.
package struct GradientCheck: Sendable, Equatable, Codable {
  /// The parameter's name.
  package var parameter: String
  /// The chosen cell, and after it those with the largest gradients.
  package var cells: [GradientComparison]
  /// The operators of the user's own between the parameter and the loss, each checked alone.
  package var operators: [OperatorCheck]
  /// What the check shows, in sentences.
  package var conclusion: String

  /// A check of a parameter.
  package init(
    parameter: String, cells: [GradientComparison], operators: [OperatorCheck] = [], conclusion: String = ""
  ) {
    self.parameter = parameter
    self.cells = cells
    self.operators = operators
    self.conclusion = conclusion
  }

  /// What all comparisons together show: the worst of them, and nothing only where none shows anything.
  package var judgement: GradientComparison.Judgement {
    let all = cells.map(\.judgement) + operators.map(\.worst.judgement)
    return [.differs, .isNotFinite, .agrees].first(where: all.contains) ?? .provesNothing
  }
}

/// The derivative of one operator at the values of this step, checked without the rest of the network.
package struct OperatorCheck: Sendable, Equatable, Codable {
  /// The operator's node, `fc1.halving`.
  package var node: String
  /// The node whose gradient it passed on, `fc1.linear`.
  package var input: String
  /// The cell of that node at which backward is farthest from the finite difference.
  package var worst: GradientComparison

  /// A check of an operator.
  package init(node: String, input: String, worst: GradientComparison) {
    self.node = node
    self.input = input
    self.worst = worst
  }
}

/// A gradient at one cell beside the finite difference there.
package struct GradientComparison: Sendable, Equatable, Codable {
  /// What the comparison shows.
  package enum Judgement: Sendable, Equatable {
    case agrees
    case differs
    /// Both are 0, or so small that rounding decides.
    case provesNothing
    /// One of them is NaN or infinite.
    case isNotFinite
  }

  /// Up to this relative error a gradient in single precision is right.
  package static let relativeLimit = 1e-3

  /// The cell's index in each dimension.
  package var index: [Int]
  /// What backward computed.
  package var gradient: Double
  /// The finite difference.
  package var difference: Double
  /// How far apart rounding alone may bring them.
  package var rounding: Double

  /// A comparison.
  package init(index: [Int], gradient: Double, difference: Double, rounding: Double) {
    self.index = index
    self.gradient = gradient
    self.difference = difference
    self.rounding = rounding
  }

  /// |gradient − difference| ÷ max(|gradient|, |difference|); 0 where both are 0.
  package var relativeError: Double {
    let scale = max(abs(gradient), abs(difference))
    return scale == 0 ? 0 : abs(gradient - difference) / scale
  }

  /// What it shows.
  package var judgement: Judgement {
    guard gradient.isFinite, difference.isFinite else { return .isNotFinite }
    if max(abs(gradient), abs(difference)) <= rounding { return .provesNothing }
    let isClose = relativeError <= Self.relativeLimit || abs(gradient - difference) <= rounding
    return isClose ? .agrees : .differs
  }
}
