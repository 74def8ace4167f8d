import Autograd
import NN
import TestSupport
import Testing

struct OptimizerTests {
  private func parameter(_ values: [Float], gradient: [Float]) -> Tensor {
    let tensor = Tensor(values, requiresGrad: true)
    tensor.grad = Tensor(gradient)
    return tensor
  }

  @Test func settingsAreListedAndChangedByPyTorchsNames() throws {
    let optimizer: any Optimizer = Adam([("p", Tensor([0]))])
    #expect(optimizer.hyperparameters.map(\.name) == ["lr", "beta1", "beta2", "eps", "weight_decay"])
    try optimizer.setHyperparameter("lr", to: 0.25)
    #expect(optimizer.learningRate == 0.25)
    #expect(optimizer.hyperparameters[0] == Hyperparameter(name: "lr", value: 0.25))
  }

  @Test func anOptimizerDescribesItself() {
    let parameters = [("w", Tensor([1]))]
    #expect(SGD(parameters, learningRate: 0.1).summary == "SGD lr 0.1")
    #expect(SGD(parameters, learningRate: 0.1, momentum: 0.9).summary == "SGD lr 0.1 momentum 0.9")
    #expect(AdamW(parameters).summary == "AdamW lr 0.001")
    #expect(SGD(parameters, learningRate: 0.1).numpyLines(for: "W1") == ["W1 -= lr * dW1"])
    let looksAhead = SGD(parameters, learningRate: 0.1, momentum: 0.9, weightDecay: 0.1, nesterov: true)
    #expect(
      looksAhead.numpyLines(for: "W1") == [
        "dW1 += weight_decay * W1", "v = momentum * v + dW1", "W1 -= lr * (dW1 + momentum * v)",
      ])
    #expect(
      RMSprop(parameters, momentum: 0.9, centered: true).numpyLines(for: "b1").suffix(2) == [
        "v = momentum * v + db1 / (np.sqrt(s - m**2) + eps)", "b1 -= lr * v",
      ])
    #expect(AdamW(parameters).numpyLines(for: "W1").first == "W1 *= 1 - lr * weight_decay")
    let climber = SGD(parameters, learningRate: 0.1, momentum: 0.9, dampening: 0.5, maximize: true)
    #expect(
      climber.numpyLines(for: "W1") == [
        "dW1 = -dW1", "v = momentum * v + (1 - dampening) * dW1  # the first v is dW1", "W1 -= lr * v",
      ])
    #expect(
      Adam(parameters, amsgrad: true).numpyLines(for: "W1").suffix(2) == [
        "v_max = np.maximum(v_max, v)",
        "W1 -= lr * m / (1 - beta1**t) / (np.sqrt(v_max / (1 - beta2**t)) + eps)",
      ])
    for kind in OptimizerKind.allCases {
      let optimizer = kind.make(parameters, learningRate: 0.1, momentum: 0, weightDecay: 0.5)
      #expect(OptimizerKind(rawValue: kind.rawValue) == kind && optimizer.name.lowercased() == kind.rawValue)
      #expect(optimizer.hyperparameters.first == Hyperparameter(name: "lr", value: 0.1))
      #expect(optimizer.hyperparameters.last == Hyperparameter(name: "weight_decay", value: 0.5))
      #expect(optimizer.numpyLines(for: "b2").last?.hasPrefix("b2 -= lr * ") == true)
    }
    #expect(OptimizerKind(rawValue: "adagrad") == nil)
    #expect(OptimizerKind.names("or") == "sgd, adam, adamw or rmsprop")
  }

  @Test func theLinesOfAParameterHaveTheDecayOfItsGroup() {
    let (kept, decayed) = (Tensor([1]), Tensor([1]))
    let optimizer = SGD(
      groups: [
        ParameterGroup([("weight", kept)]), ParameterGroup([("weight", decayed)], weightDecay: 0.1),
      ], learningRate: 0.1)
    #expect(optimizer.numpyLines(for: "W1", of: kept) == ["W1 -= lr * dW1"])
    #expect(optimizer.numpyLines(for: "W1", of: decayed) == ["dW1 += weight_decay * W1", "W1 -= lr * dW1"])
  }

  @Test func parametersOfTheSameNameHaveTheirOwnState() throws {
    let (first, second) = (parameter([1], gradient: [2]), parameter([1], gradient: [3]))
    let optimizer = SGD([("weight", first), ("weight", second)], learningRate: 0.1, momentum: 0.9)
    try optimizer.step()
    #expect(optimizer.parameters.map(\.name) == ["weight", "weight_2"])
    let state = optimizer.state.map { ($0.name, $0.tensor.copied()) }
    #expect(state.map(\.0) == ["weight.momentum_buffer", "weight_2.momentum_buffer"])
    try optimizer.step()
    try optimizer.loadState(state)
    #expect(optimizer.state.map { $0.tensor.array() } == [[2], [3]])
  }

  @Test func anUnknownSettingAndOneOutOfRangeAreNamed() {
    let optimizer = SGD([("p", Tensor([0]))], learningRate: 0.1)
    let unknown = #expect(throws: NNError.self) { try optimizer.setHyperparameter("beta1", to: 0) }
    #expect(unknown?.description == "SGD has no setting beta1; it has lr, momentum, weight_decay.")
    let range = #expect(throws: NNError.self) { try optimizer.setHyperparameter("lr", to: -1) }
    #expect(range?.description == "SGD got lr -1.0; it expects a finite number of 0 or more.")
  }

  @Test func stateHasPyTorchsNamesAndAStepCount() throws {
    let p = parameter([1, 2], gradient: [0.5, -0.5])
    let optimizer = AdamW([("p", p)])
    #expect(optimizer.state.isEmpty)
    try optimizer.step()
    #expect(optimizer.state.map(\.name) == ["p.step", "p.exp_avg", "p.exp_avg_sq"])
    #expect(optimizer.state[0].tensor.integers() == [1])
    #expect(optimizer.state[0].tensor.dtype == .int64)
  }

  @Test func stateOfAnotherOptimizerIsRefused() throws {
    let p = parameter([1, 2], gradient: [0.5, -0.5])
    let optimizer = SGD([("p", p)], learningRate: 0.1, momentum: 0.9)
    let error = #expect(throws: NNError.self) { try optimizer.loadState([("p.exp_avg", Tensor([1, 2]))]) }
    #expect(error?.description.contains("unexpected p.exp_avg") == true)
    let shape = #expect(throws: NNError.self) {
      try optimizer.loadState([("p.momentum_buffer", Tensor([1, 2, 3]))])
    }
    #expect(
      shape == .stateShape(of: "SGD", name: "p.momentum_buffer", got: [3], expected: [2]))
  }

  @Test func gradientsAccumulateUntilTheyAreForgotten() throws {
    let x = Tensor([1, 2, 3], requiresGrad: true)
    try (x * x).sum().backward()
    try (x * x).sum().backward()
    #expect(x.grad?.array() == [4, 8, 12])
    SGD([("x", x)], learningRate: 1).zeroGrad()
    #expect(x.grad == nil)
  }

  // p.grad = torch.tensor([3., 4.]); torch.nn.utils.clip_grad_norm_([p], 1.0)  → 5, [0.6, 0.8]
  @Test func clippingByNormScalesAllGradientsTogether() {
    let p = parameter([0, 0], gradient: [3, 4])
    #expect(clipGradNorm([p], maximumNorm: 1) == 5)
    #expect(difference(p.grad ?? p, [0.6, 0.8], shape: [2]) == nil)
    #expect(abs(clipGradNorm([p], maximumNorm: 2) - 1) < 1e-5)
    #expect(difference(p.grad ?? p, [0.6, 0.8], shape: [2]) == nil)
  }

  @Test func clippingByValueCutsEachElement() {
    let p = parameter([0, 0, 0], gradient: [3, -4, 0.5])
    clipGradValue([p], limit: 1)
    #expect(p.grad?.array() == [1, -1, 0.5])
  }

  @Test func gradientsOfOneSumAreClippedOnce() throws {
    let a = Tensor([3], requiresGrad: true)
    let b = Tensor([4], requiresGrad: true)
    try (a + b).sum().backward()
    _ = clipGradNorm([a, b], maximumNorm: 0.5)
    let root = Float(0.5 / 2.squareRoot())
    #expect(abs((a.grad?.array()[0] ?? 0) - root) < 1e-6)
    #expect(abs((b.grad?.array()[0] ?? 0) - root) < 1e-6)
  }
}

extension OptimizerTests {
  @Test func anOptimizerOfOnesOwnHasARateThatCanBeSetByName() throws {
    let p = Tensor([1.0, 2], requiresGrad: true)
    let optimizer: any Optimizer = PlainDescent([("p", p)])
    try optimizer.setHyperparameter("lr", to: 0.5)
    try p.sum().backward()
    try optimizer.step()
    #expect(p.array() == [0.5, 1.5])
    try optimizer.loadState([("p.count", Tensor([3.0]))])
    #expect(optimizer.state[0].tensor.array() == [3])
    #expect(throws: NNError.self) { try optimizer.loadState([("p.other", p)]) }
    #expect(throws: NNError.self) { try optimizer.loadState([("p.count", p)]) }
  }
}

/// What a user might write.
private final class PlainDescent: Optimizer {
  let name = "PlainDescent"
  let parameters: [NamedParameter]
  var learningRate = 0.1
  let state: [NamedParameter] = [("p.count", Tensor([0.0]))]

  init(_ parameters: [NamedParameter]) { self.parameters = parameters }

  func update(_ index: Int, _ parameter: Tensor, gradient: Tensor) {
    let (p, g) = (parameter.values(Float.self), gradient.values(Float.self))
    for place in p.indices { p[place] -= Float(learningRate) * g[place] }
  }
}
