import Autograd
import Bridge
import Trace

/// What came of running a script's step through the engine.
package struct ScriptVerificationReport: Sendable, Equatable {
  /// Why a node was not compared.
  package enum Reason: Sendable, Hashable {
    /// The engine has no such operator.
    case unknown
    /// It has the operator, without this option.
    case option(String)
    /// The probe did not see the operator.
    case notSeen
    /// Its numbers were not kept.
    case noNumbers
    /// The engine's operator does not take these tensors; its own words.
    case refused(String)

    init(_ obstacle: EngineCall.Obstacle) {
      self =
        switch obstacle {
        case .unknown, .severalOperators: .unknown
        case .option(let option): .option(option)
        case .notSeen: .notSeen
        }
    }
  }

  /// Nodes that were not compared.
  package struct Missing: Sendable, Equatable {
    /// Their operator.
    package var operation: String
    /// Why.
    package var reason: Reason
    /// How many there are.
    package var count: Int
  }

  /// A kind of comparison.
  package struct Tally: Sendable, Equatable {
    /// How many tensors agree.
    package var count = 0
    /// The greatest difference of these, as a share of the greatest number.
    package var greatest = 0.0
    /// Where that is.
    package var place = ""

    mutating func note(_ gap: VerifiedGap, at name: String) {
      guard !gap.exceeds else { return }
      count += 1
      if place.isEmpty || gap.difference > greatest { (greatest, place) = (gap.difference, name) }
    }
  }

  /// The first node that differs.
  package struct Difference: Sendable, Equatable {
    /// Its name.
    package var node: String
    /// Whether its gradient differs, not its value.
    package var isGradient: Bool
    /// By how much.
    package var gap: VerifiedGap
  }

  /// How many nodes compute something.
  package private(set) var nodeCount = 0
  /// How many parameters have a gradient.
  package private(set) var parameterCount = 0
  /// The values of nodes, and the gradients of nodes and parameters, that agree.
  package private(set) var nodes = Tally()
  package private(set) var gradients = Tally()
  package private(set) var parameters = Tally()
  /// The first that differs; nil where none does.
  package private(set) var difference: Difference?
  /// The nodes that were not compared, by their operators.
  package private(set) var missing: [Missing] = []
  /// Whether backward went through the same nodes more than once, so that gradients were not compared.
  package private(set) var hasSeveralBackwards = false

  /// Whether all was compared, and agrees.
  package var isComplete: Bool {
    difference == nil && missing.isEmpty && !hasSeveralBackwards && parameters.count == parameterCount
      && nodeCount > 0
  }

  /// Notes how many parameters have a gradient.
  mutating func expect(parameters count: Int) { parameterCount = count }

  /// Notes a node that computes something.
  mutating func noteNode() { nodeCount += 1 }

  /// Notes that backward went through the same nodes more than once.
  mutating func noteSeveralBackwards() { hasSeveralBackwards = true }

  /// Notes how much a node's value differs.
  mutating func noteValue(_ gap: VerifiedGap, of node: ComputationGraph.Node) {
    nodes.note(gap, at: node.name)
    if gap.exceeds { difference = Difference(node: node.name, isGradient: false, gap: gap) }
  }

  /// Notes how much a node's gradient differs.
  mutating func noteGradient(_ gap: VerifiedGap, of node: ComputationGraph.Node) {
    if node.kind == .parameter { parameters.note(gap, at: node.name) }
    gradients.note(gap, at: node.name)
    if gap.exceeds { difference = Difference(node: node.name, isGradient: true, gap: gap) }
  }

  /// Notes a node that was not compared.
  mutating func miss(_ operation: String, _ reason: Reason) {
    if let place = missing.firstIndex(where: { $0.operation == operation && $0.reason == reason }) {
      missing[place].count += 1
    } else {
      missing.append(Missing(operation: operation, reason: reason, count: 1))
    }
  }
}

/// How much two lists of numbers differ.
package struct VerifiedGap: Sendable, Equatable {
  /// The greatest difference, as a share of the greatest number; NaN where only one of two is.
  package var difference = 0.0
  /// The cell that has it, and its two numbers.
  package var cell = 0
  package var ours = 0.0
  package var theirs = 0.0
  /// The greatest difference that still is rounding.
  package var tolerance: Double

  /// Whether it is more than rounding.
  package var exceeds: Bool { !(difference <= tolerance) }

  /// The gap between the engine's numbers and PyTorch's.
  init(_ ours: [Double], _ theirs: [Double], tolerance: Double) {
    self.tolerance = tolerance
    guard ours.count == theirs.count else {
      difference = .nan
      return
    }
    let size = theirs.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    for (cell, pair) in zip(ours, theirs).enumerated() {
      guard pair.0 != pair.1, !(pair.0.isNaN && pair.1.isNaN) else { continue }
      let gap = abs(pair.0 - pair.1) / (size > 0 ? size : 1)
      guard !(gap <= difference) else { continue }
      (difference, self.cell, self.ours, self.theirs) = (gap.isFinite ? gap : .nan, cell, pair.0, pair.1)
      if difference.isNaN { return }
    }
  }

  func isAbove(_ other: VerifiedGap?) -> Bool {
    other.map { difference.isNaN || difference > $0.difference } ?? true
  }
}

extension VerifiedGap {
  /// The greatest difference that passes between numbers of a type, in PyTorch's word.
  static func tolerance(_ type: String) -> Double {
    switch type {
    case "bfloat16": 0x1p-6
    case "float16": 0x1p-9
    default: DType(torch: type).map { $0.isFloatingPoint ? Verification.tolerance($0) : 0 } ?? 0
    }
  }
}
