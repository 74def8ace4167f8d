import Autograd
import Localization
import NN

/// The check of this engine against a network that a user ran in PyTorch: linear layers with ReLU between them.
///
/// The reference is a set of named tensors: `inputs`, each layer's `….weight` and `….bias`, and what PyTorch
/// made of them: `outputs` (logits), and, with `labels`, the cross-entropy `loss` and each `….weight.grad`.
/// Layers go in the order in which their shapes fit together; where several orders fit, it is the one that gives the
/// reference's outputs.
public enum ReferenceVerification {
  /// Computes what the reference holds, and compares.
  ///
  /// - Throws: ``BridgeError`` if the reference lacks what is needed or its shapes do not fit together;
  ///   ``AutogradError`` if it cannot be computed.
  public static func run(_ reference: [String: Tensor]) throws -> VerificationReport {
    guard let inputs = reference["inputs"] else { throw BridgeError.missing("inputs") }
    guard inputs.rank == 2 else {
      let samples = inputs.shape.first ?? 1
      throw BridgeError.shape(
        name: "inputs", got: inputs.shape, expected: [samples, inputs.elementCount / max(1, samples)])
    }
    try checkLabels(reference)
    guard reference["outputs"] != nil || reference["labels"] != nil else {
      throw BridgeError.missing("outputs")
    }
    let (layers, outputs) = try network(in: reference, inputs)
    var report = VerificationReport()
    report.layers = layers.map(\.name)
    let tolerance = Verification.tolerance(outputs.dtype)
    func compare(_ quantity: String, _ key: String, _ got: Tensor?) throws {
      guard let expected = reference[key], let got else { return }
      guard got.shape == expected.shape || expected.elementCount == 1 && got.elementCount == 1 else {
        throw BridgeError.shape(name: key, got: expected.shape, expected: got.shape)
      }
      report.compare(
        quantity, got.array(Double.self), expected.array(Double.self), outputs.dtype, tolerance: tolerance)
    }
    try compare("outputs", "outputs", outputs)
    guard let labels = reference["labels"] else { return report }
    let loss = try outputs.crossEntropy(labels.dtype == .int64 ? labels : labels.to(.int64))
    try loss.backward()
    try compare("loss", "loss", loss)
    for layer in layers {
      let (weight, bias) = ("\(layer.name).weight", "\(layer.name).bias")
      try compare("gradient of \(weight)", "\(weight).grad", layer.weight.grad)
      try compare("gradient of \(bias)", "\(bias).grad", layer.bias?.grad)
    }
    return report
  }

  /// Checks that the labels are one class a sample.
  private static func checkLabels(_ reference: [String: Tensor]) throws {
    guard let labels = reference["labels"], let samples = reference["inputs"]?.shape.first else { return }
    guard labels.shape == [samples] else {
      throw BridgeError.shape(name: "labels", got: labels.shape, expected: [samples])
    }
    let values = labels.array(Double.self)
    guard let row = values.firstIndex(where: { $0 != $0.rounded() || !(0..<1e9).contains($0) }) else {
      return
    }
    throw BridgeError.label(row: row, value: values[row])
  }

  private struct ReferenceLayer {
    let name: String
    let weight: Tensor
    let bias: Tensor?

    /// How many numbers it takes and gives.
    var features: (in: Int, out: Int) { (weight.shape[1], weight.shape[0]) }
  }

  private static func forward(_ inputs: Tensor, _ layers: [ReferenceLayer]) throws -> Tensor {
    var x = inputs
    for (index, layer) in layers.enumerated() {
      x = try x.linear(weight: layer.weight, bias: layer.bias)
      if index < layers.count - 1 { x = try x.relu() }
    }
    return x
  }

  /// The layers in their order, and what they make of the inputs.
  private static func network(
    in reference: [String: Tensor], _ inputs: Tensor
  ) throws -> (layers: [ReferenceLayer], outputs: Tensor) {
    let layers = try layers(in: reference)
    let outputs = reference["outputs"]?.array(Double.self)
    let chains = LayerChains(layers.map(\.features), from: inputs.shape.last ?? 0)
    var first: (layers: [ReferenceLayer], outputs: Tensor)?
    for chain in chains.all {
      let ordered = chain.map { layers[$0] }
      let result = try forward(inputs.to(ordered[0].weight.dtype), ordered)
      first = first ?? (ordered, result)
      let tolerance = Verification.tolerance(result.dtype)
      let agrees = outputs.map { wanted in
        let got = result.array(Double.self)
        return wanted.count == got.count && zip(wanted, got).allSatisfy { abs($0 - $1) <= tolerance }
      }
      if agrees ?? true { return (ordered, result) }
    }
    if let first { return first }
    let dead = chains.longest
    guard let name = layers.indices.first(where: { !dead.contains($0) }) else {
      throw BridgeError.missing("fc1.weight")
    }
    let features = dead.last.map { layers[$0].features.out } ?? inputs.shape.last ?? 0
    throw BridgeError.shape(
      name: "\(layers[name].name).weight", got: layers[name].weight.shape,
      expected: [layers[name].features.out, features])
  }

  /// The linear layers, in the order of their names.
  private static func layers(in reference: [String: Tensor]) throws -> [ReferenceLayer] {
    let names = reference.keys.filter { $0.hasSuffix(".weight") }.map { String($0.dropLast(7)) }
      .sorted { $0.inNaturalOrder(before: $1) }
    guard !names.isEmpty else { throw BridgeError.missing("fc1.weight") }
    return try names.compactMap { name in
      guard let weight = reference["\(name).weight"] else { return nil }
      guard weight.rank == 2 else {
        let outputs = weight.shape.first ?? 1
        throw BridgeError.shape(
          name: "\(name).weight", got: weight.shape,
          expected: [outputs, weight.elementCount / max(1, outputs)])
      }
      let bias = reference["\(name).bias"]
      if let bias, bias.shape != [weight.shape[0]] {
        throw BridgeError.shape(name: "\(name).bias", got: bias.shape, expected: [weight.shape[0]])
      }
      func leaf(_ tensor: Tensor) throws -> Tensor {
        try tensor.detach().to(weight.dtype.isFloatingPoint ? weight.dtype : .float32).copied()
          .requiringGrad()
      }
      return ReferenceLayer(name: name, weight: try leaf(weight), bias: try bias.map(leaf))
    }
  }
}

extension String {
  /// Whether it comes before another where digits count as numbers: `fc2` before `fc10`.
  fileprivate func inNaturalOrder(before other: String) -> Bool {
    func parts(_ text: String) -> [(text: String, number: Int)] {
      text.matches(of: /([^0-9]*)([0-9]*)/).map { (String($0.1), Int($0.2) ?? -1) }
    }
    for (left, right) in zip(parts(self), parts(other)) where left != right {
      return left < right
    }
    return count < other.count
  }
}
