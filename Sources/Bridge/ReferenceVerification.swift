import Autograd
import Localization
import NN

/// The check of this engine against a network that a user ran in PyTorch: linear layers with ReLU between them.
///
/// The reference is a set of named tensors: `inputs`, each layer's `….weight` and `….bias`, and what PyTorch
/// made of them: `outputs` (logits), and, with `labels`, the cross-entropy `loss` and each `….weight.grad`.
/// Layers go in the order of the numbers in their names.
public enum ReferenceVerification {
  /// Computes what the reference holds, and compares.
  ///
  /// - Throws: ``BridgeError`` if the reference lacks what is needed or its shapes do not fit together;
  ///   ``AutogradError`` if it cannot be computed.
  public static func run(_ reference: [String: Tensor]) throws -> VerificationReport {
    guard let inputs = reference["inputs"] else { throw BridgeError.missing("inputs") }
    guard reference["outputs"] != nil || reference["labels"] != nil else {
      throw BridgeError.missing("outputs")
    }
    let layers = try layers(in: reference, inputs)
    var report = VerificationReport()
    let outputs = try forward(inputs.to(layers[0].weight.dtype), layers)
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

  private struct ReferenceLayer {
    let name: String
    let weight: Tensor
    let bias: Tensor?
  }

  private static func forward(_ inputs: Tensor, _ layers: [ReferenceLayer]) throws -> Tensor {
    var x = inputs
    for (index, layer) in layers.enumerated() {
      x = try x.linear(weight: layer.weight, bias: layer.bias)
      if index < layers.count - 1 { x = try x.relu() }
    }
    return x
  }

  private static func layers(in reference: [String: Tensor], _ inputs: Tensor) throws -> [ReferenceLayer] {
    let names = reference.keys.filter { $0.hasSuffix(".weight") }.map { String($0.dropLast(7)) }
      .sorted { order($0) < order($1) }
    guard !names.isEmpty else { throw BridgeError.missing(localized("a layer's weight, such as fc1.weight")) }
    var features = inputs.shape.last ?? 0
    return try names.compactMap { name in
      guard let weight = reference["\(name).weight"] else { return nil }
      guard weight.rank == 2, weight.shape[1] == features else {
        throw BridgeError.shape(
          name: "\(name).weight", got: weight.shape, expected: [weight.shape.first ?? 0, features])
      }
      features = weight.shape[0]
      let bias = reference["\(name).bias"]
      if let bias, bias.shape != [features] {
        throw BridgeError.shape(name: "\(name).bias", got: bias.shape, expected: [features])
      }
      func leaf(_ tensor: Tensor) throws -> Tensor {
        try tensor.detach().to(weight.dtype.isFloatingPoint ? weight.dtype : .float32).copied()
          .requiringGrad()
      }
      return ReferenceLayer(name: name, weight: try leaf(weight), bias: try bias.map(leaf))
    }
  }

  /// Layers sort by the last number in their name, then by the name itself.
  private static func order(_ name: String) -> (Int, String) {
    let digits = name.reversed().drop { !$0.isNumber }.prefix { $0.isNumber }.reversed()
    return (Int(String(digits)) ?? 0, name)
  }
}
