import Localization

/// What is most likely a mistake in a call that an operator allows: the run goes on, and learns the wrong thing.
package struct Caution: Sendable {
  /// Two words for the graph: `softmax twice`.
  package let mark: String
  /// What is wrong, as the rest of a sentence that begins with the operator's name.
  package let words: String
}

extension Caution {
  /// A loss that applies a function itself is given what that function made.
  static func twice(_ function: OperatorInfo, _ inputs: [Tensor]) -> Caution? {
    guard inputs[0].node?.operation.info === function else { return nil }
    return Caution(
      mark: localized("\(function.name) twice"),
      words: localized(
        "applies \(function.name) itself, but its input is a \(function.name) already: give it the logits"))
  }

  /// A loss of pairs whose shapes differ so that each number is compared with many of the other.
  static func broadcast(_ inputs: [Tensor]) -> Caution? {
    let (a, b) = (inputs[0].shape, inputs[1].shape)
    guard let pairs = Shape.broadcast(a, b), pairs.elementCount > max(a.elementCount, b.elementCount) else {
      return nil
    }
    return Caution(
      mark: localized("shapes differ"),
      words: localized(
        """
        compares an output \(a.description) with a target \(b.description), which makes \(pairs.elementCount) pairs \
        \(pairs.description): give both one shape
        """))
  }

  /// The cautions for all calls that a tensor was computed by, as sentences; before backward has released them.
  package static func sentences(of tensor: Tensor) -> [String] {
    var (waiting, seen) = ([tensor.node].compactMap { $0 }, Set<ObjectIdentifier>())
    var found: [(sequence: Int, sentence: String)] = []
    while let node = waiting.popLast() {
      guard seen.insert(ObjectIdentifier(node)).inserted else { continue }
      if let caution = node.operation.info.caution?(node.inputs) {
        found.append((node.sequence, "\(node.location): \(node.operation.name) \(caution.words)"))
      }
      waiting += node.inputs.compactMap(\.node)
    }
    return found.sorted { $0.sequence < $1.sequence }.map(\.sentence)
  }
}
