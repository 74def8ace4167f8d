import Arrays
import Autograd
import Localization
import NN

/// The check of this engine against a network that a user ran in PyTorch: linear layers with an activation between them.
///
/// The reference is a set of named tensors: `inputs`, each layer's `….weight` and `….bias`, and what PyTorch
/// made of them: `outputs` (logits), and, with `labels`, the cross-entropy `loss` and each `….weight.grad`.
/// Inputs of more than two dimensions are flattened after the batch, unless the layers take their last dimension.
public enum ReferenceVerification {
  /// Computes what the reference holds, and compares.
  ///
  /// - Throws: ``BridgeError`` if the reference lacks what is needed or its shapes do not fit together.
  public static func run(_ tensors: [String: Tensor]) throws -> VerificationReport {
    try run(Reference(tensors))
  }

  /// Computes what the reference holds, and compares.
  ///
  /// - Throws: ``BridgeError`` if the reference lacks what is needed or its shapes do not fit together.
  public static func run(_ reference: Reference) throws -> VerificationReport {
    guard let given = try reference.readable("inputs") else { throw BridgeError.missing("inputs") }
    let inputs = try rows(given, in: reference)
    let labels = try labels(in: reference, rows: inputs.shape.first ?? 0)
    guard try reference.readable("outputs") != nil || labels != nil else {
      throw BridgeError.missing("outputs")
    }
    let network = try ReferenceNetwork(reference, inputs)
    var comparison = ReferenceComparison(reference, network)
    try comparison.compare("outputs", "outputs", network.outputs)
    let loss = try labels.map { try crossEntropy(network.outputs, $0) }
    try loss?.backward()
    try comparison.compare("loss", "loss", loss)
    for layer in network.layers {
      let (weight, bias) = ("\(layer.name).weight", "\(layer.name).bias")
      try comparison.compare("gradient of \(weight)", "\(weight).grad", layer.weight.grad)
      guard let tensor = layer.bias else { continue }
      try comparison.compare("gradient of \(bias)", "\(bias).grad", tensor.grad)
    }
    comparison.report.hasLabels = labels != nil
    return comparison.report
  }

  /// The inputs, a row each.
  private static func rows(_ inputs: Tensor, in reference: Reference) throws -> Tensor {
    guard inputs.rank != 2 else { return inputs }
    guard inputs.rank > 0 else {
      throw BridgeError.shape(name: "inputs", got: inputs.shape, expected: [1, 1])
    }
    let last = inputs.shape.last ?? 1
    let samples = inputs.rank > 1 ? inputs.shape.first ?? 1 : 1
    let flat = inputs.elementCount / max(1, samples)
    let widths = reference.tensors.filter { $0.key.hasSuffix(".weight") && $0.value.rank == 2 }
      .map { $0.value.shape[1] }
    if widths.contains(last), !widths.contains(flat) {
      return try inputs.reshape(inputs.elementCount / max(1, last), last)
    }
    return try inputs.reshape(samples, flat)
  }

  /// The labels, one class a row; nil where the reference has none.
  private static func labels(in reference: Reference, rows: Int) throws -> Tensor? {
    guard let labels = try reference.readable("labels") else { return nil }
    guard labels.shape == [rows] || labels.shape == [rows, 1] || labels.rank == 0 && rows == 1 else {
      throw BridgeError.shape(name: "labels", got: labels.shape, expected: [rows])
    }
    let values = labels.array(Double.self)
    if let row = values.firstIndex(where: { $0 != $0.rounded() || !(0..<1e9).contains($0) }) {
      throw BridgeError.label(row: row, value: values[row])
    }
    return try labels.to(.int64).reshape(rows)
  }

  private static func crossEntropy(_ outputs: Tensor, _ labels: Tensor) throws -> Tensor {
    let classes = outputs.shape.last ?? 0
    let values = labels.array(Double.self)
    if let row = values.firstIndex(where: { $0 >= Double(classes) }) {
      throw BridgeError.labelAbove(row: row, value: values[row], classes: classes)
    }
    return try outputs.crossEntropy(labels)
  }
}

/// The comparison of a reference with what was computed, and the names that were used for it.
struct ReferenceComparison {
  var report = VerificationReport()
  private let reference: Reference
  private let precision: ReferencePrecision

  init(_ reference: Reference, _ network: ReferenceNetwork) {
    (self.reference, precision) = (reference, network.precision)
    report.layers = network.layers.map(\.name)
    if network.layers.count > 1 { report.activation = network.activation.name }
    report.isActivationAssumed = network.isAssumed
    var used: Set<String> = ["inputs", "outputs", "labels", "loss"]
    for name in report.layers {
      for part in ["weight", "bias"] { used.formUnion(["\(name).\(part)", "\(name).\(part).grad"]) }
    }
    report.unused = (Array(reference.tensors.keys) + reference.unread.keys).filter { !used.contains($0) }
      .sorted()
  }

  /// Compares a tensor of the reference with what was computed; what one of them lacks is noted.
  mutating func compare(_ quantity: String, _ key: String, _ got: Tensor?) throws {
    guard let expected = reference[key], let got else {
      report.notCompared.append(quantity)
      return
    }
    guard fits(got.shape, expected.shape) else {
      throw BridgeError.shape(name: key, got: expected.shape, expected: got.shape)
    }
    let own = precision.with(reference.type(key))
    let wanted = expected.array(Double.self)
    let greatest = wanted.map(abs).filter(\.isFinite).max() ?? 0
    report.compare(
      quantity, got.array(Double.self), wanted, own.type,
      tolerance: own.tolerance(greatest: greatest, layers: report.layers.count))
  }

  /// Whether both hold the same numbers, though one may have more dimensions before the last.
  private func fits(_ got: Shape, _ expected: Shape) -> Bool {
    got == expected
      || got.elementCount == expected.elementCount
        && (got.elementCount == 1 || got.last == expected.last && (got.first == 1 || expected.count > 2))
  }
}
