import Autograd
import NN
import Testing

/// Steps at the ends of the range of numbers, as PyTorch 2.15 makes them.
struct OptimizerEdgeTests {
  private static let optimizers: [@Sendable ([Optimizer.NamedParameter]) -> any Optimizer] = [
    { SGD($0, learningRate: 0.1) },
    { SGD($0, learningRate: 0.1, momentum: 0.9) },
    { SGD($0, learningRate: 0.1, momentum: 0.9, nesterov: true) },
    { Adam($0, learningRate: 0.1) },
    { AdamW($0, learningRate: 0.1, weightDecay: 0) },
    { RMSprop($0, learningRate: 0.1) },
    { RMSprop($0, learningRate: 0.1, momentum: 0.9, centered: true) },
  ]

  // p = torch.tensor([-inf, 1.]); two steps with gradients of 1 of SGD(lr=.1), SGD(lr=.1, momentum=.9), nesterov,
  // Adam(lr=.1), AdamW(lr=.1, weight_decay=0), RMSprop(lr=.1), RMSprop(lr=.1, centered=True, momentum=.9)
  // → -inf each time, and
  private static let expected = [0.8, 0.71, 0.539, 0.8, 0.8, -0.7088811, -1.6256133]

  @Test(arguments: [DType.float32, .float64], 0..<7)
  func aWeightDecayThatIsSwitchedOffLeavesInfinityAlone(_ dtype: DType, _ kind: Int) throws {
    let parameter = try Tensor([-.infinity, 1] as [Double], shape: [2]).to(dtype).requiringGrad()
    let optimizer = Self.optimizers[kind]([("w", parameter)])
    for _ in 0..<2 {
      parameter.grad = try .ones([2], dtype: dtype)
      let text = optimizer.formula(for: ParameterCell(value: -.infinity, gradient: 1)).last ?? ""
      #expect(text.hasSuffix("= −inf"), "\(text)")
      try optimizer.step()
    }
    let values = parameter.array(Double.self)
    #expect(values[0] == -.infinity)
    #expect(abs(values[1] - Self.expected[kind]) < 1e-5)
  }

  // o = torch.optim.Adam([p], lr=.1, betas=(0., 0.)) with p = 1 and the gradients 1e19, then 5000 → 0.9, 0.8
  @Test func aGradientThatIsKeptWholeIsNotLostBesideAGreaterOne() throws {
    let parameter = Tensor([1.0], requiresGrad: true)
    let adam = Adam([("w", parameter)], learningRate: 0.1, beta1: 0, beta2: 0)
    for (gradient, value) in [(1e19, 0.9), (5_000, 0.8)] as [(Float, Float)] {
      parameter.grad = Tensor([gradient])
      try adam.step()
      #expect(abs(parameter.array()[0] - value) < 1e-6)
    }
    #expect(adam.state.first { $0.name == "w.exp_avg" }?.tensor.array() == [5_000])
    let rmsprop = RMSprop([("w", parameter)], learningRate: 0, alpha: 0, centered: true)
    for gradient in [1e19, 5_000] as [Float] {
      parameter.grad = Tensor([gradient])
      try rmsprop.step()
    }
    // torch.optim.RMSprop([p], alpha=0., centered=True): grad_avg is [5000.] after the second step.
    #expect(rmsprop.state.first { $0.name == "w.grad_avg" }?.tensor.array() == [5_000])
  }

  /// The names of the memory that is not 0 after a gradient of 1e-6 and 2,048 of 0.
  private func lastingMemory(_ optimizer: any Optimizer, of parameter: Tensor) throws -> [String] {
    for step in 0...2_048 {
      parameter.grad = Tensor([step == 0 ? 1e-6 : 0])
      try optimizer.step()
    }
    return optimizer.state.filter { $0.tensor.dtype == .float32 && $0.tensor.array() != [0] }.map(\.name)
  }

  // PyTorch keeps subnormal numbers for ever, which slow every step down.
  @Test func theMemoryOfAGradientThatHasBecomeZeroBecomesZeroWhereNoParameterCanTell() throws {
    let parameter = Tensor([1.0], requiresGrad: true)
    let named = [("w", parameter)]
    #expect(try lastingMemory(SGD(named, learningRate: 0.1, momentum: 0.9), of: parameter) == [])
    #expect(try lastingMemory(RMSprop(named, alpha: 0.9, momentum: 0.9), of: parameter) == [])
    #expect(try lastingMemory(Adam(named, beta2: 0.9), of: parameter) == [])
    let adam = try lastingMemory(Adam(named, beta2: 0.9, epsilon: 1e-20), of: parameter)
    #expect(adam == ["w.exp_avg", "w.exp_avg_sq"])
    let rmsprop = try lastingMemory(RMSprop(named, alpha: 0.9, epsilon: 1e-20), of: parameter)
    #expect(rmsprop == ["w.square_avg"])
  }

  /// PyTorch refuses to set such a gradient.
  @Test(arguments: 0..<7)
  func aGradientOfAnotherTypeOrShapeIsRefused(_ kind: Int) throws {
    let parameter = Tensor([1.0, 1], requiresGrad: true)
    let optimizer = Self.optimizers[kind]([("w", parameter)])
    for dtype in [DType.float64, .int64] {
      parameter.grad = try .ones([2], dtype: dtype)
      _ = clipGradNorm([parameter], maximumNorm: 1)
      clipGradValue([parameter], limit: 0.5)
      #expect(
        throws: AutogradError.foreignGradient(
          user: optimizer.name, got: [2], dtype: dtype, expected: [2], expectedType: .float32)
      ) { try optimizer.step() }
    }
    parameter.grad = Tensor([1.0])
    let error = #expect(throws: AutogradError.self) { try optimizer.step() }
    #expect(
      error?.description
        == "\(optimizer.name) found a grad of float32 and shape [1] on a tensor of float32 and shape [2]. "
        + "Set grad to a tensor of the same type and shape.")
    #expect(parameter.array() == [1, 1] && optimizer.state.isEmpty)
  }

  // o = torch.optim.Adam([p], lr=.1) with p = [1., -2., 3., .5]; o.load_state_dict(…) with step 3 and
  // exp_avg = exp_avg_sq = [.1, .2, .3, .4] of the other type; p.grad = [1., 2., 3., 4.]; o.step()
  // → [0.98900789, -2.01546860, 2.98114705, 0.47833553] in both types
  @Test(arguments: [(DType.float32, DType.float64), (.float64, .float32)])
  func aSavedStateOfAnotherTypeIsConverted(_ dtype: DType, _ saved: DType) throws {
    let parameter = try Tensor([1.0, -2, 3, 0.5]).to(dtype).requiringGrad()
    let adam = Adam([("p", parameter)], learningRate: 0.1)
    let moments = try Tensor([0.1, 0.2, 0.3, 0.4]).to(saved)
    try adam.loadState([("p.step", Tensor(3.0)), ("p.exp_avg", moments), ("p.exp_avg_sq", moments)])
    #expect(adam.state.map(\.tensor.dtype) == [.int64, dtype, dtype])
    parameter.grad = try Tensor([1.0, 2, 3, 4]).to(dtype)
    try adam.step()
    for (got, expected) in zip(
      parameter.array(Double.self), [0.98900789, -2.01546860, 2.98114705, 0.47833553])
    {
      #expect(abs(got - expected) < 1e-6)
    }
    #expect(abs(moments.array(Double.self)[0] - 0.1) < 1e-7)
  }
}
