/// What a node does, in the learner's NumPy, in PyTorch and in a formula, and how gradient flows through it.
public struct Explanation: Sendable, Equatable, Codable {
  /// One piece of gradient: what an operation sends to one of its inputs.
  public struct Contribution: Sendable, Equatable, Codable {
    /// The operation whose backward computed it, `fc1.linear`.
    public var source: String
    /// The node whose gradient it is a part of, `fc1.weight`.
    public var target: String
    /// The shape and norm of the gradient that came in to the operation.
    public var upstreamShape: [Int]
    public var upstreamNorm: Float
    /// The shape and norm of what it passes on.
    public var shape: [Int]
    public var norm: Float
    /// Which of the target's contributions it is, from 1, and how many there are.
    public var number: Int
    public var count: Int

    /// A piece of gradient.
    public init(
      source: String, target: String, upstreamShape: [Int], upstreamNorm: Float, shape: [Int], norm: Float,
      number: Int, count: Int
    ) {
      self.source = source
      self.target = target
      self.upstreamShape = upstreamShape
      self.upstreamNorm = upstreamNorm
      self.shape = shape
      self.norm = norm
      self.number = number
      self.count = count
    }
  }

  /// The lines of the hand-written network; empty for operators it does not have.
  public var numpy: [String]
  /// The line in PyTorch; nil where none is known.
  public var pytorch: String?
  /// The operator's formula; nil for leaves.
  public var formula: String?
  /// The chain rule in general; nil before backward.
  public var derivative: String?
  /// The chain rule with this moment's numbers; empty before backward has come here.
  public var contributions: [Contribution]
  /// The optimizer's own formula for a parameter's cell, line by line with its numbers; empty before its update.
  public var update: [String] = []

  /// An explanation.
  public init(
    numpy: [String] = [], pytorch: String? = nil, formula: String? = nil, derivative: String? = nil,
    contributions: [Contribution] = []
  ) {
    self.numpy = numpy
    self.pytorch = pytorch
    self.formula = formula
    self.derivative = derivative
    self.contributions = contributions
  }
}
