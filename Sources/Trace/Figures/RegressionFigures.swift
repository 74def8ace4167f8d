/// How near predicted numbers come to their targets. A residual is the prediction less the target.
///
/// **Source**: <https://scikit-learn.org/stable/modules/model_evaluation.html#regression-metrics>
package struct RegressionFigures: Sendable, Equatable, Codable {
  /// A target with what is predicted for it.
  package struct Pair: Sendable, Equatable, Codable {
    /// The target.
    package var target: Float
    /// The prediction.
    package var output: Float

    /// A target with its prediction.
    package init(target: Float, output: Float) {
      self.target = target
      self.output = output
    }

    /// The prediction less the target.
    package var residual: Float { output - target }
  }

  /// What is added up; targets less `origin`, so that large ones lose no digits.
  package struct Sums: Sendable, Equatable, Codable {
    /// How many pairs there are.
    package var count = 0
    /// The sum of residuals.
    package var residual = 0.0
    /// The sum of their magnitudes.
    package var magnitude = 0.0
    /// The sum of their squares.
    package var square = 0.0
    /// What is taken from targets.
    package var origin = 0.0
    /// The sum of targets less the origin.
    package var target = 0.0
    /// The sum of the squares of targets less the origin.
    package var targetSquare = 0.0

    /// Nothing yet.
    package init() {}
  }

  /// The most pairs that are kept to be drawn.
  package static let mostPairs = 2_000

  /// What is added up of all pairs.
  package private(set) var sums = Sums()
  /// Some of the pairs, at even distances.
  package private(set) var pairs: [Pair] = []
  /// How many pairs are left out since one of their numbers is not finite.
  package private(set) var nonFiniteCount = 0
  /// Each of how many pairs is kept.
  private var stride = 1
  private var place = 0

  /// The figures of no numbers yet.
  package init() {}

  /// The figures of numbers that were added up elsewhere, with some of the pairs.
  package init(_ sums: Sums, pairs: [Pair], nonFiniteCount: Int) {
    self.sums = sums
    self.pairs = pairs
    self.nonFiniteCount = nonFiniteCount
  }

  /// Adds a target and its prediction.
  package mutating func add(target: Float, output: Float) {
    let (target, output) = (Double(target), Double(output))
    guard target.isFinite, output.isFinite else {
      nonFiniteCount += 1
      return
    }
    if sums.count == 0 { sums.origin = target }
    let (residual, shifted) = (output - target, target - sums.origin)
    sums.count += 1
    sums.residual += residual
    sums.magnitude += residual.magnitude
    sums.square += residual * residual
    sums.target += shifted
    sums.targetSquare += shifted * shifted
    defer { place += 1 }
    guard place.isMultiple(of: stride) else { return }
    pairs.append(Pair(target: Float(target), output: Float(output)))
    guard pairs.count > RegressionFigures.mostPairs else { return }
    pairs = Swift.stride(from: 0, to: pairs.count, by: 2).map { pairs[$0] }
    stride *= 2
  }

  private var count: Double? { sums.count == 0 ? nil : Double(sums.count) }

  /// The mean residual: below 0 where predictions are too small; nil without numbers.
  package var bias: Double? { count.map { sums.residual / $0 } }

  /// The mean magnitude of the residuals; nil without numbers.
  package var meanAbsoluteError: Double? { count.map { sums.magnitude / $0 } }

  /// The root of the mean of the residuals' squares; nil without numbers.
  package var rootMeanSquareError: Double? { count.map { (sums.square / $0).squareRoot() } }

  /// How much of the targets' variance is predicted: 1 for all of it; nil where all targets are the same.
  package var r2: Double? {
    guard let count else { return nil }
    let variance = sums.targetSquare - sums.target * sums.target / count
    return variance > 0 ? 1 - sums.square / variance : nil
  }
}
