import Arrays
import Localization
import Numbers
import Trace

/// Where two recorded runs part.
package enum Divergence: Sendable, Equatable {
  /// Nowhere: all is the same through the last step that both have.
  case nowhere(through: Int)
  /// Nowhere in the recorded numbers; no step has a hash of its state in both, so the states were not compared.
  case nowhereInNumbers(through: Int)
  /// They have no step in common.
  case nothingInCommon
  /// They begin with other parameters or other networks.
  case beginning(step: Int, Difference)
  /// In one node of one step.
  case node(step: Int, phase: Phase, Difference)
  /// In one of these steps; `reason` says why it is not known better.
  case steps(ClosedRange<Int>, reason: String)

  /// The first thing that is not the same.
  package struct Difference: Sendable, Equatable {
    /// The node's name, or the parameter's.
    package var node: String
    /// Which of its tensors: `value`, or `gradient of fc1.weight`.
    package var part: String
    /// The norm of each tensor; nil where a run has none, or where it is not a tensor.
    package var norms: (left: Double?, right: Double?)
    /// What else is known: other samples, other settings, other shapes.
    package var notes: [String]

    /// A difference.
    package init(node: String, part: String, left: Double?, right: Double?, notes: [String] = []) {
      self.node = node
      self.part = part
      norms = (left, right)
      self.notes = notes
    }

    package static func == (one: Difference, other: Difference) -> Bool {
      one.node == other.node && one.part == other.part && one.notes == other.notes
        && one.norms.left == other.norms.left && one.norms.right == other.norms.right
    }
  }
}

extension Divergence.Difference {
  /// The first thing in which two steps are not the same; nil where they are.
  static func first(of left: StepDigest, _ right: StepDigest) -> (
    phase: Phase, Divergence.Difference
  )? {
    for (one, other) in zip(left.nodes, right.nodes) where one != other {
      guard one.phase == other.phase, one.node == other.node, one.part == other.part else {
        let note = localized("one runs \(one.node) where the other runs \(other.node)")
        return (
          one.phase, .init(node: one.node, part: one.part, left: one.norm, right: other.norm, notes: [note])
        )
      }
      var notes: [String] = []
      if one.shape != other.shape { notes.append(localized("shapes \(one.shape) and \(other.shape)")) }
      if one.phase == .batch, left.samples != right.samples {
        let isCount = left.samples.prefix(4) == right.samples.prefix(4)
        notes.append(
          isCount
            ? localized("\(left.samples.count) and \(right.samples.count) samples")
            : localized("samples \(list(left.samples)) and \(list(right.samples))"))
      }
      if one.phase == .update { notes += settings(left.settings, right.settings) }
      return (
        one.phase, .init(node: one.node, part: one.part, left: one.norm, right: other.norm, notes: notes)
      )
    }
    let count = min(left.nodes.count, right.nodes.count)
    if let more = (left.nodes.dropFirst(count) + right.nodes.dropFirst(count)).first {
      let isLeft = left.nodes.count > count
      return (
        more.phase,
        .init(
          node: more.node, part: more.part, left: isLeft ? more.norm : nil, right: isLeft ? nil : more.norm,
          notes: [localized("only one of them runs it")])
      )
    }
    return nil
  }

  private static func settings(_ left: [String: Double], _ right: [String: Double]) -> [String] {
    Set(left.keys).union(right.keys).sorted().filter {
      left[$0]?.bitPattern != right[$0]?.bitPattern
    }.map { name in
      func text(_ value: Double?) -> String { value.map(NumberText.setting) ?? localized("none") }
      return localized("\(name) \(text(left[name])) and \(text(right[name]))")
    }
  }

  private static func list(_ samples: [Int]) -> String {
    samples.prefix(4).map(String.init).joined(separator: ", ") + (samples.count > 4 ? " …" : "")
  }

  /// The first parameter in which two states are not the same; nil where they are.
  static func first(of left: StateSnapshot, _ right: StateSnapshot) -> Divergence.Difference? {
    let pairs = zip(left.parameters + left.buffers, right.parameters + right.buffers)
    if let (one, other) = pairs.first(where: { $0 != $1 }) {
      var notes: [String] = []
      if one.name != other.name { notes.append(localized("\(one.name) and \(other.name)")) }
      if one.shape != other.shape { notes.append(localized("shapes \(one.shape) and \(other.shape)")) }
      return .init(node: one.name, part: "value", left: norm(one), right: norm(other), notes: notes)
    }
    let counts = (left.parameters.count, right.parameters.count)
    guard counts.0 != counts.1 else { return nil }
    return .init(
      node: localized("the model"), part: "value", left: nil, right: nil,
      notes: [localized("\(counts.0) and \(counts.1) parameters")])
  }

  private static func norm(_ array: NamedArray) -> Double? {
    (try? array.tensor()).map { $0.sumOfSquares.squareRoot() }
  }
}
