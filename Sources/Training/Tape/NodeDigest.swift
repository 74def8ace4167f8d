import Arrays
import Autograd
import NN
import Trace

/// One tensor that a node left behind, as a hash to compare it by and a norm to tell it by.
public struct NodeDigest: Sendable, Equatable {
  public var phase: Phase
  /// The node's name, `fc1.linear`.
  public var node: String
  /// Which of its tensors: `value`, or `gradient of fc1.weight`.
  public var part: String
  public var shape: [Int]
  public var hash: UInt64
  public var norm: Double
  /// The number itself, where the tensor is one.
  public var number: Double?

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
  /// Whether both are the same tensor to the bit; a norm follows from it, and may be no number, which equals nothing.
  public static func == (one: NodeDigest, other: NodeDigest) -> Bool {
    one.phase == other.phase && one.node == other.node && one.part == other.part
      && one.shape == other.shape && one.hash == other.hash
  }
}

/// The digests of everything that one iteration did, in the order in which it did it.
public struct IterationDigest: Sendable, Equatable {
  public var nodes: [NodeDigest] = []
  /// The samples of the batch.
  public var samples: [Int] = []
  /// The optimizer's settings when it changed the parameters.
  public var settings: [String: Double] = [:]

  /// The digest of a complete tape.
  init(_ tape: Tape, _ names: ModelNames, _ optimizer: any Optimizer) {
    let reading = TapeReading(tape, names: names)
    func name(_ tensor: Tensor) -> String {
      reading.nodeOfTensor[ObjectIdentifier(tensor)].map { reading.graph.nodes[$0].name } ?? "a value"
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
