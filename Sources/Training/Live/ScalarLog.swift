import Autograd
import Datasets
import NN
import Trace

/// Records the numbers of each step: the loss, the accuracy, the learning rate, and the norms of the gradients.
struct ScalarLog {
  private let names: ModelNames
  private let optimizer: any Optimizer
  private let accuracy: Accuracy
  /// The norms of this step's gradients, and the learning rate with which they are applied.
  private var gradientNorms: [Float] = []
  private var learningRate = Float.nan

  /// A log of an experiment's numbers, whose parameters have these names.
  init(_ experiment: Experiment, _ names: ModelNames) {
    self.names = names
    optimizer = experiment.optimizer
    accuracy = Accuracy(experiment.trainData.dataset)
  }

  /// Backward is done: the gradients are measured now, while the processor has them at hand. A learning rate that is
  /// changed at the end of the step is that of the next one.
  mutating func measureGradients() {
    learningRate = Float(optimizer.learningRate)
    gradientNorms = names.orderedParameters.map { parameter in
      parameter.tensor.grad.map { Float($0.sumOfSquares.squareRoot()) } ?? .nan
    }
  }

  /// The numbers of a step that is done.
  func numbers(
    of step: Int, loss: Double, output: Tensor, targets: Tensor, seconds: Double
  ) -> StepScalars {
    StepScalars(
      step: step, loss: Float(loss), accuracy: accuracy.share(of: output, labels: targets),
      learningRate: learningRate, gradientNorms: gradientNorms, seconds: seconds)
  }
}
