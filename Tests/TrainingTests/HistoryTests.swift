import Autograd
import NN
import Testing
import Trace
import Training

struct HistoryTests {
  private struct Model {
    let tensor: Tensor
    let state: ModelState

    init(count: Int = 100) throws {
      tensor = try Tensor([Float](repeating: 1, count: count), shape: [count], requiresGrad: true)
      let module = Holder(tensor)
      state = ModelState(model: module, optimizer: SGD(module.namedParameters(), learningRate: 0.1))
    }

    func write(_ value: Double) throws { try noGrad { try tensor.fill(value) } }
  }

  /// A history of so many steps, each with its own number as the parameters' value.
  private func history(steps: Int, frames: Int) throws -> (Model, History) {
    let model = try Model()
    try model.write(1)
    var history = History(model.state, byteBudget: frames * 400)
    for step in 1...steps {
      try model.write(Double(step))
      history.begin(StepStart(step: step, epochLoss: 0), always: false, now: { 0 })
    }
    return (model, history)
  }

  @Test func keyframesStayWithinTheirBudgetAndTheFirstAndLastAreKept() throws {
    let (_, history) = try history(steps: 5_000, frames: 12)
    let steps = history.keyframes.frames.map(\.step)
    #expect(history.keyframes.byteCount <= 12 * 400)
    #expect(history.keyframes.byteCount == history.keyframes.frames.reduce(0) { $0 + $1.byteCount })
    #expect(steps.count == 12)
    #expect(steps.first == 1)
    #expect(steps.last == 4_993)
  }

  @Test func distancesGrowIntoThePast() throws {
    let (_, history) = try history(steps: 5_000, frames: 12)
    let steps = history.keyframes.frames.map(\.step)
    let gaps = zip(steps.dropFirst(), steps).map { $0 - $1 }
    #expect(gaps.last == 16)
    for (older, newer) in zip(gaps, gaps.dropFirst()) { #expect(older * 2 >= newer) }
    #expect((gaps.first ?? 0) > 500)
  }

  @Test func aBudgetTooSmallForAnythingKeepsTheFirstAndTheLast() throws {
    let (_, history) = try history(steps: 100, frames: 0)
    #expect(history.keyframes.frames.map(\.step) == [1, 97])
  }

  @Test func theNearestKeyframeIsAtOrBefore() throws {
    let (_, history) = try history(steps: 100, frames: 100)
    #expect(history.keyframes.nearest(to: 1).step == 1)
    #expect(history.keyframes.nearest(to: 16).step == 1)
    #expect(history.keyframes.nearest(to: 17).step == 17)
    #expect(history.keyframes.nearest(to: 1_000).step == 97)
  }

  @Test func slowStepsHaveAKeyframeEach() throws {
    let model = try Model()
    var history = History(model.state, byteBudget: 1 << 20)
    for step in 1...5 {
      history.begin(
        StepStart(step: step, epochLoss: 0), always: false, now: { Double(step) })
    }
    #expect(history.keyframes.frames.map(\.step) == Array(1...5))
  }

  @Test func aKeyframeBringsBackItsValues() throws {
    let (model, history) = try history(steps: 100, frames: 100)
    try model.state.restore(history.keyframes.nearest(to: 40))
    #expect(model.tensor.array() == [Float](repeating: 33, count: 100))
    #expect(history.agrees(at: 33))
    #expect(!history.agrees(at: 41))
  }

  @Test func whatIsPutBackInAnStepIsNoChangeInPlace() throws {
    let model = try Model()
    let loss = try (model.tensor * model.tensor).sum()
    let saved = model.state.capture(.first, hash: model.state.hash, inStep: true)
    #expect(model.state.matches(saved))
    model.tensor.grad = try Tensor.ones([100])
    #expect(!model.state.matches(saved))
    try model.state.putBack(saved)
    #expect(model.state.matches(saved))
    try loss.backward()
    #expect(model.tensor.grad?.array() == [Float](repeating: 2, count: 100))
  }

  @Test func aKeyframeBringsBackTheSettingsOfEveryGroup() throws {
    let (body, head) = (Tensor([1.0], requiresGrad: true), Tensor([1.0], requiresGrad: true))
    let optimizer = SGD(
      groups: [
        ParameterGroup([("body", body)], weightDecay: 0.5),
        ParameterGroup([("head", head)], learningRate: 0.01),
      ], learningRate: 0.1, momentum: 0.9)
    let state = ModelState(model: Holder(head), optimizer: optimizer)
    let saved = state.capture(.first, hash: state.hash)
    #expect(
      saved.settings.map(\.name) == ["lr", "momentum", "weight_decay", "group0.weight_decay", "group1.lr"])
    for setting in saved.settings { try optimizer.setHyperparameter(setting.name, to: 0.25) }
    #expect(optimizer.learningRates == [0.25, 0.25])
    let changed = state.capture(.first, hash: state.hash)
    try state.restore(saved)
    #expect(optimizer.hyperparameters.map(\.value) == [0.1, 0.9, 0, 0.5, 0.01])
    (body.grad, head.grad) = (Tensor([1.0]), Tensor([1.0]))
    try optimizer.step()
    // 1 − 0.1·(1 + 0.5·1), and 1 − 0.01·1
    #expect(abs(body.array()[0] - 0.85) < 1e-6 && abs(head.array()[0] - 0.99) < 1e-6)
    try state.putBack(changed)
    #expect(optimizer.hyperparameters.allSatisfy { $0.value == 0.25 })
  }

  @Test func theRingForgetsTheOldestHashes() {
    var ring = RecentHashes(capacity: 3)
    for step in [4, 8, 12, 16, 20] { ring.append(UInt64(step), at: step) }
    #expect(ring.count == 3)
    #expect(ring[8] == nil)
    #expect(ring[12] == 12)
    #expect(ring[13] == nil)
    #expect(ring[20] == 20)
    #expect(ring[24] == nil)
  }

  @Test func theHashTellsEveryBitAndEveryOrder() {
    func hash(_ blocks: [[UInt8]]) -> UInt64 {
      var hash = ParameterHash()
      for block in blocks { block.withUnsafeBytes { hash.add($0) } }
      return hash.value
    }
    let bytes = (0..<100).map { UInt8($0) }
    var seen = [
      hash([]), hash([bytes]), hash([bytes, []]), hash([Array(bytes[..<50]), Array(bytes[50...])]),
    ]
    for bit in 0..<800 {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      seen.append(hash([changed]))
    }
    #expect(Set(seen).count == seen.count)
  }

  @Test func aDamagedKeyframeIsSaidAndTheOneBeforeIsTaken() throws {
    let limits = HistoryLimits(onKeyframe: { frame in
      guard frame.step == 2 else { return }
      frame.parameters[0].values(Float.self)[0] += 1
    })
    let probe = RunProbe(limits: limits, smallExperiment)
    let first = try #require(probe.stop())
    let second = try #require(probe.stop(after: .nextStep))
    _ = try #require(probe.stop(after: .nextStep))
    let again = try #require(probe.stop(after: .seek(Position(step: 2, phase: .forward, node: 0))))
    #expect(
      probe.seen.warnings == [
        "step 2 was not reproduced bit for bit: its keyframe in memory was changed"
      ])
    #expect(again.parameters == second.parameters)
    #expect(try #require(probe.stop(after: .seek(.start))).parameters == first.parameters)
    #expect(probe.seen.warnings.count == 1)
  }

  @Test func aModelThatIsNoFunctionOfTheStepIsSaidAndTheHeadIsPutRight() throws {
    let probe = RunProbe(limits: HistoryLimits(byteBudget: 0), countingExperiment)
    _ = try #require(probe.stop())
    for _ in 0..<4 { _ = try #require(probe.stop(after: .nextStep)) }
    let head = try #require(probe.stop(after: .seekHead))
    _ = try #require(probe.stop(after: .seek(step: 3)))
    #expect(probe.seen.warnings.count == 1)
    #expect(probe.seen.warnings[0].hasPrefix("step 2 was not reproduced bit for bit: "))
    let again = try #require(probe.stop(after: .seekHead))
    #expect(again.position == head.position)
    #expect(again.parameters == head.parameters)
  }
}

private final class Holder: Module {
  let ownParameters: [NamedParameter]
  var description: String { "Holder" }
  init(_ tensor: Tensor) { ownParameters = [("weight", tensor)] }
  func forward(_ input: Tensor) throws -> Tensor { input }
}
