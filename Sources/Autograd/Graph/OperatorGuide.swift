/// What the learner wrote in NumPy for a node of the guide's networks, and what does it in PyTorch.
package struct GuideLines: Equatable, Sendable {
  /// The lines of the hand-written network.
  package let numpy: [String]
  /// The line that does it in PyTorch.
  package let pytorch: String

  /// The lines.
  package init(_ numpy: [String], pytorch: String) {
    self.numpy = numpy
    self.pytorch = pytorch
  }
}

/// The names that the guide's hand-written network gives to the arrays of a layer: layer 2 has `Z2`, `A2`, `W2`, `b2`.
package struct GuideNames: Sendable {
  /// The number of the layer, from 1; the loss has that of the last.
  package let layer: Int
  /// What the layer is given: the data, or what the layer before made of them.
  package let input: String
  /// The module that computes it, as PyTorch's `forward` calls it.
  package let module: String
  /// Whether the layer adds a bias.
  package let hasBias: Bool

  /// The names in a layer; its input and its module are those of the guide's own network where nothing is given.
  package init(layer: Int, input: String? = nil, module: String? = nil, hasBias: Bool = true) {
    self.layer = layer
    self.input = input ?? (layer > 1 ? "A\(layer - 1)" : "X")
    self.module = module ?? "self.fc\(layer)"
    self.hasBias = hasBias
  }

  /// The sums before the activation.
  package var z: String { "Z\(layer)" }
  /// The activations.
  package var a: String { "A\(layer)" }
  /// The weights.
  package var w: String { "W\(layer)" }
  /// The bias.
  package var b: String { "b\(layer)" }
  /// Whether the layer reads the data, to which no gradient goes.
  package var readsData: Bool { input == "X" }
}

/// The lines for an operator that the guide's networks have.
package struct OperatorGuide: Sendable {
  /// Its lines in forward.
  package let forward: @Sendable (GuideNames) -> GuideLines
  /// Its lines in backward.
  package let backward: @Sendable (GuideNames) -> GuideLines

  init(
    forward: @escaping @Sendable (GuideNames) -> GuideLines,
    backward: @escaping @Sendable (GuideNames) -> GuideLines
  ) {
    self.forward = forward
    self.backward = backward
  }
}
