import Arrays
import Autograd
import Localization
import NN
import Trace

/// One tensor that a node computed: a hash for comparing it, and a norm for showing it.
package struct NodeDigest: Sendable, Equatable {
  /// The phase in which the node ran.
  package var phase: Phase
  /// The node's name, `fc1.linear`.
  package var node: String
  /// Which of its tensors: `value`, or `gradient of fc1.weight`.
  package var part: String
  /// The tensor's shape.
  package var shape: [Int]
  /// The hash of the tensor's values.
  package var hash: UInt64
  /// The Euclidean norm.
  package var norm: Double
  /// The number itself, where the tensor is one.
  package var number: Double?

  /// The digest of a tensor.
  init(_ phase: Phase, _ node: String, _ part: String, _ tensor: Tensor) {
    let array = NamedArray(node, tensor)
    var hash = ParameterHash()
    array.bytes.withUnsafeBytes { hash.add($0) }
    (self.phase, self.node, self.part) = (phase, node, part)
    shape = array.shape
    self.hash = hash.value
    number = tensor.elementCount == 1 ? try? tensor.item() : nil
    norm = number?.magnitude ?? tensor.sumOfSquares.squareRoot()
  }
}

extension NodeDigest {
  /// Whether both are the same tensor to the bit; the norm is left out, since it may be NaN, which equals nothing.
  package static func == (one: NodeDigest, other: NodeDigest) -> Bool {
    one.phase == other.phase && one.node == other.node && one.part == other.part
      && one.shape == other.shape && one.hash == other.hash
  }
}

/// The digests of everything that one step computed, in order.
package struct StepDigest: Sendable, Equatable {
  /// The digests, one for each tensor.
  package var nodes: [NodeDigest] = []
  /// The samples of the batch.
  package var samples: [Int] = []
  /// The optimizer's settings when it changed the parameters.
  package var settings: [String: Double] = [:]

  /// The digest of a complete tape.
  init(_ tape: Tape, _ names: ModelNames, _ optimizer: any Optimizer) {
    let reading = TapeReading(tape, names: names)
    func name(_ tensor: Tensor) -> String {
      reading.nodeOfTensor[ObjectIdentifier(tensor)].map { reading.graph.nodes[$0].name }
        ?? localized("a value")
    }
    if let batch = tape.batch {
      samples = batch.indices
      nodes = [
        NodeDigest(.batch, "x", "value", batch.inputs), NodeDigest(.batch, "y", "value", batch.targets),
      ]
    }
    for entry in tape.forward {
      nodes.append(NodeDigest(entry.phase, name(entry.output), "value", entry.output))
    }
    for entry in tape.backward {
      guard let forward = tape.forward.first(where: { $0.output.node === entry.node }) else { continue }
      for (input, gradient) in zip(forward.inputs, entry.contributions) {
        guard let gradient else { continue }
        nodes.append(NodeDigest(.backward, name(forward.output), "gradient of \(name(input))", gradient))
      }
    }
    for update in tape.updates {
      nodes.append(NodeDigest(.update, name(update.parameter), "value", update.parameter))
    }
    settings = Dictionary(
      optimizer.hyperparameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}
