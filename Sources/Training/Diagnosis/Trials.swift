import Autograd
import Datasets
import NN
import Trace

/// What is tried with a batch for its diagnosis: the model runs on it again, in evaluation mode and without gradients, so
/// that nothing in the run changes.
struct Trials {
  /// Operators that leave samples apart.
  private static let apart = ActivationNames.all.union([
    "linear", "dropout", "layer_norm", "embedding", "exp", "log", "sqrt", "abs", "flatten",
  ])
  /// The steps after which averages of batch normalization are worth comparing.
  private static let firstComparison = 50

  private let experiment: Experiment
  /// Whether the model has modules that behave differently in training.
  private let hasModes: Bool

  /// Trials with the model of an experiment.
  init(_ experiment: Experiment) {
    self.experiment = experiment
    hasModes = experiment.model.namedModules().contains { $0.module is Dropout || $0.module is BatchNorm1d }
  }

  /// The loss of a batch in evaluation mode; nil where that is not another, or is not tried.
  func evaluationLoss(of batch: Batch, step: Int) -> Float? {
    guard hasModes, step >= Trials.firstComparison else { return nil }
    return evaluated {
      try Float(
        experiment.loss(
          experiment.model(batch.inputs), batch.targets, file: #fileID, line: #line
        ).item())
    }
  }

  /// Two samples of which one's output depends on the other's input; nil where none was found.
  func mixed(_ batch: Batch, _ graph: ComputationGraph) -> StepFacts.MixedSamples? {
    guard batch.count > 1, batch.inputs.dtype.isFloatingPoint,
      graph.nodes.contains(where: {
        $0.kind == .operation && $0.phase == .forward && !Trials.apart.contains($0.operation)
      })
    else { return nil }
    return evaluated {
      let output = try experiment.model(batch.inputs)
      let changed = batch.inputs.copied()
      for place in 0..<changed.elementCount / batch.count {
        if changed.dtype == .float32 {
          changed.pointer(Float.self)[place] += 1
        } else {
          changed.pointer(Double.self)[place] += 1
        }
      }
      let other = try experiment.model(changed)
      guard output.rank > 0, output.shape[0] == batch.count, other.shape == output.shape else { return nil }
      let (before, after) = (output.array(Double.self), other.array(Double.self))
      let length = output.elementCount / batch.count
      // Every sum has one order, so a sample's output is the same to the bit whatever the others are.
      let place = before.indices.dropFirst(length).first {
        before[$0] != after[$0] && before[$0].isFinite && after[$0].isFinite
      }
      return place.map { StepFacts.MixedSamples(output: $0 / length, input: 0) }
    }
  }

  /// A trial that the model cannot take is none.
  private func evaluated<Result>(_ body: () throws -> Result?) -> Result? {
    experiment.model.eval()
    defer { experiment.model.train() }
    return try? noGrad(body)
  }
}
