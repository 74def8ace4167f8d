import Autograd
import Datasets
import NN
import Training

/// What a run remembers beside its parameters, all at once: Adam's moments, dropout and running averages.
@Sendable func forgetfulExperiment() throws -> Experiment {
  var generator = Generator(seed: 3, purpose: .initialization)
  let model = Sequential([
    "fc1": Linear(64, 6, generator: &generator), "norm": BatchNorm1d(6), "relu": ReLU(),
    "dropout": Dropout(p: 0.3), "fc2": Linear(6, 10, generator: &generator),
  ])
  let data = try Subset(ImageDataset.digitsTrain(), indices: Array(0..<40))
  return Experiment(
    name: "digits", model: model, loss: CrossEntropyLoss(),
    optimizer: Adam(model.namedParameters(), learningRate: 0.01),
    trainData: try DataLoader(data, batchSize: 8, shuffle: true, seed: 3), validationData: data, epochs: 9,
    seed: 3)
}

/// A network that counts its calls and adds their number: no function of the seed and the step.
@Sendable func countingExperiment() throws -> Experiment {
  var experiment = try smallExperiment()
  let model = Counting(experiment.model)
  experiment.model = model
  experiment.optimizer = SGD(model.namedParameters(), learningRate: 0.1)
  return experiment
}

private final class Counting: Module {
  private let inner: any Module
  private var calls = 0

  init(_ inner: any Module) { self.inner = inner }

  var children: [Child] { [("inner", inner)] }
  var description: String { "Counting" }

  func forward(_ input: Tensor) throws -> Tensor {
    calls += 1
    return try inner(input + Double(calls) * 0.01)
  }
}
