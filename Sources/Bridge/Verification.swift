import Autograd
import NN

/// The guide's check that both networks are the same: the hand-written one's weights copied into the autograd
/// one, and outputs, loss, gradients and the weights after some training steps compared.
public struct Verification: Sendable {
  /// How many numbers a sample has.
  public var inputSize = 784
  /// How many hidden units there are.
  public var hiddenSize = 128
  /// How many classes there are.
  public var outputSize = 10
  /// How many samples the batch has.
  public var batchSize = 10
  /// How many training steps are compared.
  public var steps = 100
  /// The size of those steps.
  public var learningRate = 0.01
  /// What the weights and the batch are drawn from.
  public var seed: UInt64 = 42

  /// The guide's sizes.
  public init() {}

  /// The greatest difference that passes: the guide's 10⁻⁵ in float32, and 10⁻⁹ in float64.
  public static func tolerance(_ precision: DType) -> Double { precision == .float64 ? 1e-9 : 1e-5 }

  /// The tolerance of the loss, in both precisions: the hand-written one is off by the 10⁻⁸ in its logarithm.
  public static let lossTolerance = 1e-5

  /// Compares in both precisions.
  public func run() throws -> VerificationReport {
    var report = VerificationReport()
    for precision in [DType.float32, .float64] { try compare(in: precision, &report) }
    return report
  }

  private func compare(in precision: DType, _ report: inout VerificationReport) throws {
    var generator = Generator(seed: seed, purpose: .data)
    let x = Matrix(rows: batchSize, columns: inputSize) { Double(Float(generator.normal())) }
    let labels = (0..<batchSize).map { _ in generator.below(outputSize) }
    var y = Matrix(rows: batchSize, columns: outputSize)
    for (row, label) in labels.enumerated() { y[row, label] = 1 }
    var initialization = Generator(seed: seed, purpose: .initialization)
    var byHand = HandWrittenNetwork(
      inputSize: inputSize, hiddenSize: hiddenSize, outputSize: outputSize, generator: &initialization)
    let model = MultilayerPerceptron(
      sizes: [inputSize, hiddenSize, outputSize], dtype: precision, generator: &initialization)
    try model.loadStateDict(Verification.state(of: byHand))

    let inputs = try x.tensor(precision)
    let targets = Tensor(labels)
    let tolerance = Verification.tolerance(precision)
    let type = precision.elementType
    let probabilities = byHand.forward(x)
    let outputs = try model(inputs)
    let loss = try outputs.crossEntropy(targets)
    try loss.backward()
    report.compare(
      "outputs", try outputs.detach().softmax(dim: 1).array(Double.self), probabilities.values, type,
      tolerance: tolerance)
    report.compare(
      "loss", [try loss.item()], [byHand.crossEntropyLoss(probabilities, y)], type,
      tolerance: Verification.lossTolerance, cause: .addendInLogarithm)
    report.compare(
      "loss without 1e-8", [try loss.item()],
      [HandWrittenLayers.Loss.crossEntropy.mean(of: probabilities, y, addend: 0)], type,
      tolerance: tolerance)
    let gradients = byHand.backward(y)
    let expected = Verification.named(gradients.dW1, gradients.db1, gradients.dW2, gradients.db2)
    for (parameter, values) in zip(model.namedParameters(), expected) {
      report.compare(
        "gradient of \(parameter.name)", parameter.tensor.grad?.array(Double.self) ?? [],
        values.matrix.values,
        type,
        tolerance: tolerance)
    }
    try train(model, &byHand, inputs, targets, x, y)
    let weights = Verification.named(byHand.w1, byHand.b1, byHand.w2, byHand.b2)
    for (parameter, values) in zip(model.namedParameters(), weights) {
      report.compare(
        "\(parameter.name) after \(steps) steps", parameter.tensor.array(Double.self), values.matrix.values,
        type,
        tolerance: tolerance)
    }
  }

  /// Both training loops of the guide, side by side.
  private func train(
    _ model: MultilayerPerceptron, _ byHand: inout HandWrittenNetwork, _ inputs: Tensor, _ targets: Tensor,
    _ x: Matrix, _ y: Matrix
  ) throws {
    let optimizer = SGD(model.namedParameters(), learningRate: learningRate)
    for _ in 0..<steps {
      _ = byHand.trainStep(x, y, learningRate: learningRate)
      optimizer.zeroGrad()
      try model(inputs).crossEntropy(targets).backward()
      try optimizer.step()
    }
  }

  /// The hand-written network's weights under the autograd network's names, transposed as `nn.Linear` has them.
  public static func state(of network: HandWrittenNetwork) throws -> [(name: String, tensor: Tensor)] {
    try named(network.w1, network.b1, network.w2, network.b2).map { name, matrix in
      let tensor = try matrix.tensor(.float64)
      return (name, matrix.rows == 1 && name.hasSuffix("bias") ? try tensor.reshape(-1) : tensor)
    }
  }

  private static func named(
    _ w1: Matrix, _ b1: Matrix, _ w2: Matrix, _ b2: Matrix
  ) -> [(name: String, matrix: Matrix)] {
    [
      ("fc1.weight", w1.transposed), ("fc1.bias", b1), ("fc2.weight", w2.transposed), ("fc2.bias", b2),
    ]
  }
}

extension Matrix {
  /// The same numbers as a tensor, `[rows, columns]`.
  func tensor(_ dtype: DType) throws -> Tensor {
    try Tensor(values, shape: [rows, columns]).to(dtype).detach()
  }
}
