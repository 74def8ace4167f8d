import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// A run whose gradients are clipped and whose learning rate follows a schedule, walked back and forth.
struct ScheduleTravelTests {
  /// The schedules, each with when it moves on.
  enum Kind: String, CaseIterable {
    case stepsOfEpochs, cosineOfSteps, warmUpOfSteps, plateauOfEpochs, plateauOfSteps
  }

  @Sendable private static func make(_ kind: Kind) throws -> Experiment {
    var experiment = try forgetfulExperiment()
    let optimizer = SGD(experiment.model.namedParameters(), learningRate: 0.1, momentum: 0.9)
    experiment.optimizer = optimizer
    experiment.clipping = .norm(0.5)
    experiment.schedule =
      switch kind {
      case .stepsOfEpochs: ChainedSchedule.stepLR(optimizer, stepSize: 2)
      case .cosineOfSteps: ChainedSchedule.cosineAnnealingLR(optimizer, period: 7)
      case .warmUpOfSteps: ChainedSchedule.linearLR(optimizer, period: 12)
      case .plateauOfEpochs: ReduceLROnPlateau(optimizer, patience: 0, threshold: 0.5)
      case .plateauOfSteps: ReduceLROnPlateau(optimizer, patience: 2)
      }
    experiment.scheduleInterval = kind == .plateauOfEpochs || kind == .stepsOfEpochs ? .epoch : .step
    return experiment
  }

  private func undisturbed(_ kind: Kind) throws -> RunUpdate {
    let probe = RunProbe(isPaused: false) { try Self.make(kind) }
    _ = try #require(probe.stop())
    return probe.seen
  }

  @Test(arguments: Kind.allCases)
  func aWalkReproducesEveryMomentAndLeavesTheRunAsItWas(_ kind: Kind) throws {
    let free = try undisturbed(kind)
    let probe = RunProbe(limits: HistoryLimits(byteBudget: 60_000)) { try Self.make(kind) }
    var generator = Generator(seed: 5)
    _ = try #require(probe.stop())
    var known: [Position: Moment] = [:]
    for step in stride(from: 3, through: 45, by: 3) {
      let head = try #require(probe.stop(after: .goTo(Position(step: step, phase: .update, node: 1))))
      for _ in 0..<4 {
        let place = Position(
          step: 1 + generator.below(step), phase: .update, node: generator.below(3))
        let moment = try #require(probe.stop(after: .seek(min(place, head.position))))
        if let before = known[moment.position] {
          #expect(before.parameters == moment.parameters, "\(moment.position)")
          #expect(before.optimizer == moment.optimizer)
        }
        known[moment.position] = moment
      }
      #expect(try #require(probe.stop(after: .seekHead)).parameters == head.parameters)
    }
    _ = try #require(probe.stop(after: .run))
    #expect(probe.seen.losses == free.losses)
    #expect(probe.seen.epochs == free.epochs)
    #expect(probe.seen.warnings.isEmpty)
    // It does change: with a rate that stays where it is, this would prove nothing.
    #expect(Set(known.values.map { $0.optimizer ?? "" }).count > 1)
  }

  @Test(arguments: Kind.allCases)
  func aRecordingThatIsResumedGoesOnWithTheSameRate(_ kind: Kind) throws {
    let whole = MemoryRecording()
    let probe = RunProbe(
      .live { try Self.make(kind) }, isPaused: false, recording: RecordingPlan(recorder: whole))
    _ = try #require(probe.stop())
    let rest = RunProbe(.resumed(whole.cut(before: 23)) { try Self.make(kind) }, isPaused: false)
    _ = try #require(rest.stop())
    #expect(rest.seen.losses == probe.seen.losses)
    #expect(rest.seen.warnings.isEmpty)
  }

  // model, x and y as below; optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
  // scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.1), after each step:
  // loss.backward(); torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0); optimizer.step(); scheduler.step()
  @Test func theNumbersArePyTorchs() throws {
    var generator = Generator(seed: 1, purpose: .initialization)
    let layer = Linear(2, 1, generator: &generator)
    try noGrad {
      try layer.weight.copy(from: Tensor([0.5, -0.25] as [Float], shape: [1, 2]))
      try layer.bias?.fill(0)
    }
    let optimizer = SGD(layer.namedParameters(), learningRate: 0.5)
    let table = try TableDataset(
      name: "rows", featureNames: ["a", "b"], features: [1, 2, 3, -1], targets: .values([1, -1]))
    var losses: [Double] = []
    let experiment = Experiment(
      name: "rows", model: layer, loss: MSELoss(), optimizer: optimizer,
      trainData: try DataLoader(table, batchSize: 2), epochs: 5, seed: 0, clipping: .norm(1),
      schedule: ChainedSchedule.stepLR(optimizer, stepSize: 2), scheduleInterval: .step)
    try HeadlessRun(experiment, now: { 0 }).run { losses.append($0.loss) }
    let expected = [
      4.28125, 1.1363444328308105, 0.15910282731056213, 0.09115965664386749, 0.04453292861580849,
    ]
    for (loss, wanted) in zip(losses, expected) { #expect(abs(loss - wanted) < 1e-6) }
    #expect(losses.count == expected.count)
    #expect(abs(optimizer.learningRate - 0.005) < 1e-12)
  }
}
