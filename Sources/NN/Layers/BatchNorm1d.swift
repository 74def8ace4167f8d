import Autograd
import Localization

/// Each feature normalized to mean 0 and variance 1 over the batch, then times weight plus bias.
///
/// In training it keeps running averages of mean and variance, by which it normalises in evaluation.
/// **Shapes**: `[batch, features]` or `[batch, features, length]` → the same; weight, bias, running mean and
/// variance `[features]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html>
public final class BatchNorm1d: Layer {
  /// What is added to the variance so that its root is never 0.
  public let epsilon: Double
  /// How much of a new batch goes into the running averages; nil for the plain average of all batches.
  public let momentum: Double?
  /// The factor of each feature; nil without affine parameters.
  public let weight: Tensor?
  /// What is added to each feature; nil without affine parameters.
  public let bias: Tensor?
  /// The running average of each feature's mean.
  public let runningMean: Tensor
  /// The running average of each feature's variance.
  public let runningVariance: Tensor
  /// How many batches went into the averages, int64 `[]`.
  public let batchCount: Tensor
  /// Whether it normalises by the batch and keeps averages.
  public private(set) var isTraining = true

  /// A layer for `features`, whose factors start at 1 and offsets at 0.
  public init(
    _ features: Int, epsilon: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
    dtype: DType = .float32
  ) {
    self.epsilon = epsilon
    self.momentum = momentum
    weight = affine ? .filled([features], 1, dtype, requiresGrad: true) : nil
    bias = affine ? .filled([features], 0, dtype, requiresGrad: true) : nil
    runningMean = .filled([features], 0, dtype)
    runningVariance = .filled([features], 1, dtype)
    batchCount = .filled([], 0, .int64)
  }

  /// The parameters, by name.
  public var ownParameters: [NamedParameter] {
    (weight.map { [("weight", $0)] } ?? []) + (bias.map { [("bias", $0)] } ?? [])
  }

  /// The running averages, by name.
  public var ownBuffers: [NamedParameter] {
    [
      ("running_mean", runningMean), ("running_var", runningVariance), ("num_batches_tracked", batchCount),
    ]
  }

  /// The options as PyTorch prints them.
  public var options: String {
    "\(runningMean.elementCount), eps=\(pythonText(epsilon)), momentum=\(momentum.map { "\($0)" } ?? "None"), "
      + "affine=\(pythonText(weight != nil)), bias=\(pythonText(bias != nil)), track_running_stats=True"
  }

  /// Switches between training and evaluation.
  public func setTraining(_ isTraining: Bool) { self.isTraining = isTraining }

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    guard (2...3).contains(input.rank), input.shape[1] == runningMean.elementCount else {
      throw Call(.batchNorm, at: location).shapeError(
        [input],
        expected: localized(
          "[batch, \(runningMean.elementCount)] or [batch, \(runningMean.elementCount), length]"))
    }
    guard isTraining else { return try evaluated(input, location) }
    let result = try input.batchNorm(
      weight: weight, bias: bias, epsilon: epsilon, file: location.fileID, line: location.lineNumber)
    try noGrad {
      let batch = input.featureStatistics()
      let momentum = try self.momentum ?? 1 / (batchCount.item() + 1)
      try runningMean.copy(from: runningMean * (1 - momentum) + batch.mean * momentum)
      try runningVariance.copy(from: runningVariance * (1 - momentum) + batch.variance * momentum)
      try batchCount.copy(from: batchCount + 1)
    }
    return result
  }

  private func evaluated(_ input: Tensor, _ location: SourceLocation) throws -> Tensor {
    var columns = [Int](repeating: 1, count: input.rank)
    columns[1] = runningMean.elementCount
    func column(_ values: Tensor) throws -> Tensor { try values.reshape(columns) }
    let scale = try noGrad { try (runningVariance + epsilon).pow(-0.5) }
    var result = try input.sub(column(runningMean), file: location.fileID, line: location.lineNumber).mul(
      column(scale), file: location.fileID, line: location.lineNumber)
    if let weight {
      result = try result.mul(column(weight), file: location.fileID, line: location.lineNumber)
    }
    if let bias { result = try result.add(column(bias), file: location.fileID, line: location.lineNumber) }
    return result
  }
}
