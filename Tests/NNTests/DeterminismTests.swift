import Autograd
import NN
import Testing

struct DeterminismTests {
  private func train(observer: (any Observer)?) throws -> [Float] {
    var generator = Generator(seed: 5, purpose: .initialization)
    let model = Sequential(
      Linear(6, 16, generator: &generator), BatchNorm1d(16), GELU(), Dropout(p: 0.2),
      Linear(16, 3, generator: &generator))
    let optimizer = AdamW(model.namedParameters(), learningRate: 0.01)
    var data = Generator(seed: 5, purpose: .data)
    let x = try Tensor.randn([20, 6], generator: &data)
    let labels = Tensor((0..<20).map { _ in data.below(3) })
    let context = ExecutionContext(observer: observer, seed: 5)
    try context.run {
      for step in 0..<20 {
        context.randomness.begin(step: step)
        optimizer.zeroGrad()
        try CrossEntropyLoss()(model(x), labels).backward()
        try optimizer.step()
      }
    }
    return model.parameters().flatMap { $0.array() }
  }

  @Test func theSameSeedGivesTheSameBitsWithAndWithoutAnObserver() throws {
    let first = try train(observer: nil)
    #expect(try train(observer: nil) == first)
    let observer = CountingObserver()
    #expect(try train(observer: observer) == first)
    #expect(observer.counts == ["forward": 120, "backward": 120, "update": 120, "module": 120])
  }

  /// Every gradient and the parameters after some steps of a network whose layers a watcher would see apart.
  private func bits(of make: (inout Generator) -> any Module, observer: (any Observer)?) throws -> [[Float]] {
    var generator = Generator(seed: 3, purpose: .initialization)
    let model = make(&generator)
    let optimizer = Adam(model.namedParameters(), learningRate: 0.01)
    let x = try Tensor.randn([24, 9], generator: &generator)
    // An infinite input, so that NaN comes and must come alike.
    x.values(Float.self)[5] = .infinity
    try ExecutionContext(observer: observer).run {
      for _ in 0..<3 {
        optimizer.zeroGrad()
        try model(x).square().mean().backward()
        try optimizer.step()
      }
    }
    return (model.parameters() + model.parameters().compactMap(\.grad)).map { $0.array() }
  }

  @Test(
    arguments: [
      { @Sendable generator in MultilayerPerceptron(sizes: [9, 17, 8, 3], generator: &generator) },
      { @Sendable generator in
        Sequential(
          Linear(9, 17, generator: &generator), ReLU(), Linear(17, 4, bias: false, generator: &generator),
          ReLU(), Linear(4, 3, generator: &generator))
      },
    ] as [@Sendable (inout Generator) -> any Module])
  func aWatchedNetworkGivesTheBitsOfOneThatIsNot(_ make: @Sendable (inout Generator) -> any Module) throws {
    let observer = CountingObserver()
    let watched = try bits(of: make, observer: observer)
    let alone = try bits(of: make, observer: nil)
    #expect(watched.map { $0.map(\.bitPattern) } == alone.map { $0.map(\.bitPattern) })
    // Five layers, the square and the mean, three times.
    #expect(observer.counts["forward"] == 21)
  }
}

/// Counts what it is told.
private final class CountingObserver: Observer {
  var counts: [String: Int] = [:]
  func willRunForward(_ step: ForwardStep) { counts["forward", default: 0] += 1 }
  func didRunForward(_ step: ForwardStep, output: Tensor) {}
  func willRunBackward(_ node: Node, upstream: Tensor) { counts["backward", default: 0] += 1 }
  func didRunBackward(_ node: Node, upstream: Tensor, contributions: [Tensor?]) {}
  func willUpdate(_ parameter: Tensor) { counts["update", default: 0] += 1 }
  func didUpdate(_ parameter: Tensor) {}
  func willEnter(_ module: AnyObject) { counts["module", default: 0] += 1 }
  func didLeave(_ module: AnyObject) {}
}
