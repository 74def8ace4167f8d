import Autograd
import NN
import TestSupport
import Testing

/// The seven runs of `Tests/Conformance/trajectories.json`, made by PyTorch 2.15.
struct TrajectoryTests {
  @Test func everyOptimizerFollowsPyTorchsLossesAndWeights() throws {
    let runs = try ConformanceFile.read(named: "trajectories.json", as: TrajectoryFile.self).runs
    #expect(runs.count == 7)
    for run in runs {
      let model = try network(run)
      let optimizer = try #require(makeOptimizer(run, model.namedParameters()))
      let (x, y) = (try run.inputs.tensor(), try run.labels.tensor())
      for (step, expected) in run.losses.enumerated() {
        optimizer.zeroGrad()
        let loss = try CrossEntropyLoss()(model(x), y)
        try loss.backward()
        try optimizer.step()
        let got = try loss.item()
        #expect(
          Tolerance.float32.holds(got, expected), "\(run.name), step \(step): \(got), expected \(expected)")
      }
      for (parameter, (weights, gradient)) in zip(model.namedParameters(), zip(run.final, run.finalGrads)) {
        let wrong = difference(parameter.tensor, try weights.tensor())
        #expect(wrong == nil, "\(run.name), \(parameter.name): \(wrong ?? "")")
        let last = try #require(parameter.tensor.grad)
        let wrongGradient = difference(last, try gradient.tensor())
        #expect(wrongGradient == nil, "\(run.name), gradient of \(parameter.name): \(wrongGradient ?? "")")
      }
    }
  }

  @Test func aRunResumedFromSavedStateGivesTheSameBits() throws {
    for run in try ConformanceFile.read(named: "trajectories.json", as: TrajectoryFile.self).runs {
      let (x, y) = (try run.inputs.tensor(), try run.labels.tensor())
      func train(_ model: some Module, _ optimizer: any Optimizer, _ steps: Int) throws {
        for _ in 0..<steps {
          optimizer.zeroGrad()
          try CrossEntropyLoss()(model(x), y).backward()
          try optimizer.step()
        }
      }
      let model = try network(run)
      let optimizer = try #require(makeOptimizer(run, model.namedParameters()))
      try train(model, optimizer, 10)
      let weights = model.stateDict().map { ($0.name, $0.tensor.copied()) }
      let memory = optimizer.state.map { ($0.name, $0.tensor.copied()) }
      try train(model, optimizer, 5)

      let resumed = try network(run)
      try resumed.loadStateDict(weights)
      let second = try #require(makeOptimizer(run, resumed.namedParameters()))
      try second.loadState(memory)
      try train(resumed, second, 5)
      for (first, again) in zip(model.parameters(), resumed.parameters()) {
        #expect(first.array() == again.array(), "\(run.name)")
      }
    }
  }

  private func network(_ run: Trajectory) throws -> MultilayerPerceptron {
    var generator = Generator(seed: 0)
    let model = MultilayerPerceptron(sizes: run.sizes, generator: &generator)
    let names = model.namedParameters().map(\.name)
    try model.loadStateDict(zip(names, run.initial).map { ($0, try $1.tensor()) })
    return model
  }

  private func makeOptimizer(
    _ run: Trajectory, _ parameters: [(name: String, tensor: Tensor)]
  ) -> (any Optimizer)? {
    let options = run.options
    let decay = options.weightDecay ?? 0
    let betas = options.betas ?? [0.9, 0.999]
    switch run.optimizer {
    case "SGD":
      return SGD(
        parameters, learningRate: options.lr, momentum: options.momentum ?? 0, weightDecay: decay,
        nesterov: options.nesterov ?? false)
    case "Adam":
      return Adam(
        parameters, learningRate: options.lr, beta1: betas[0], beta2: betas[1], epsilon: options.eps ?? 1e-8,
        weightDecay: decay)
    case "AdamW":
      return AdamW(parameters, learningRate: options.lr, weightDecay: decay)
    case "RMSprop":
      return RMSprop(parameters, learningRate: options.lr)
    default:
      return nil
    }
  }
}
