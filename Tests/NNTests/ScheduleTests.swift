import Autograd
import NN
import Testing

/// Rates that PyTorch gave:
///
///     p = torch.nn.Parameter(torch.zeros(1)); o = torch.optim.SGD([p], lr=0.5); s = SCHEDULE(o)
///     r = [o.param_groups[0]['lr']]
///     for i in range(n): o.step(); s.step(); r.append(o.param_groups[0]['lr'])
struct ScheduleTests {
  private func rates(
    _ count: Int, metrics: [Double?] = [], _ make: (any Optimizer) -> any Schedule
  ) -> [Double] {
    let optimizer = SGD([("p", Tensor([0]))], learningRate: 0.5)
    let schedule = make(optimizer)
    var rates = [optimizer.learningRate]
    for step in 0..<count {
      schedule.step(metric: step < metrics.count ? metrics[step] : nil)
      rates.append(optimizer.learningRate)
    }
    return rates
  }

  private func isClose(_ got: [Double], _ expected: [Double]) -> Bool {
    got.count == expected.count && zip(got, expected).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  @Test func stepLRFallsEveryFewSteps() {
    let got = rates(7) { ChainedSchedule.stepLR($0, stepSize: 3) }
    #expect(isClose(got, [0.5, 0.5, 0.5, 0.05, 0.05, 0.05, 0.005, 0.005]))
  }

  @Test func exponentialLRFallsEveryStep() {
    let got = rates(4) { ChainedSchedule.exponentialLR($0, gamma: 0.9) }
    #expect(isClose(got, [0.5, 0.45, 0.405, 0.3645, 0.32805]))
  }

  @Test func cosineAnnealingFallsAndRisesAgain() {
    let got = rates(10) { ChainedSchedule.cosineAnnealingLR($0, period: 4, minimum: 0.1) }
    let expected = [
      0.5, 0.4414213562373095, 0.3, 0.15857864376269054, 0.1, 0.15857864376269049, 0.3, 0.4414213562373096,
      0.5, 0.4414213562373096, 0.3,
    ]
    #expect(isClose(got, expected))
  }

  @Test func linearLRWarmsUp() {
    let got = rates(6) { ChainedSchedule.linearLR($0, startFactor: 0.25, period: 4) }
    #expect(isClose(got, [0.125, 0.21875, 0.3125, 0.40625, 0.5, 0.5, 0.5]))
  }

  @Test func reduceOnPlateauWaitsForItsPatienceAndCoolsDown() {
    let metrics: [Double?] = [1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]
    let got = rates(9, metrics: metrics) {
      ReduceLROnPlateau($0, factor: 0.5, patience: 1, cooldown: 1)
    }
    #expect(isClose(got, [0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125, 0.125]))
  }

  @Test func aScheduleGoesOnFromItsSavedState() {
    let optimizer = SGD([("p", Tensor([0]))], learningRate: 0.5)
    let schedule = ChainedSchedule.stepLR(optimizer, stepSize: 3)
    schedule.loadState(["step": 2])
    schedule.step()
    #expect(abs(optimizer.learningRate - 0.05) < 1e-12)
  }

  // o = SGD([p], lr=.1); a = LinearLR(o, total_iters=4); b = CosineAnnealingLR(o, 5); both stepped ten times
  @Test func aCosineMadeAfterAWarmUpCountsFromTheRateBeforeIt() {
    let optimizer = SGD([("p", Tensor([0]))], learningRate: 0.1)
    let schedules: [ChainedSchedule] = [
      .linearLR(optimizer, period: 4), .cosineAnnealingLR(optimizer, period: 5),
    ]
    var got = [optimizer.learningRate]
    for _ in 0..<10 {
      for schedule in schedules { schedule.step() }
      got.append(optimizer.learningRate)
    }
    let expected = [
      0.03333333333333333, 0.04522542485937369, 0.04363389981249826, 0.028790958567710533,
      0.009549150281252635, 0, 0.009549150281252628, 0.03454915028125265, 0.06545084971874741,
      0.09045084971874744, 0.1,
    ]
    #expect(isClose(got, expected), "\(got)")
  }

  // SGD([{'params': [p]}, {'params': [q], 'lr': .01}], lr=.1); LinearLR(o, total_iters=2); CosineAnnealingLR(o, 2)
  @Test func everyGroupKeepsTheRateThatItBeganWith() {
    let groups = [
      ParameterGroup([("p", Tensor([1.0]))]), ParameterGroup([("q", Tensor([1.0]))], learningRate: 0.01),
    ]
    let optimizer = SGD(groups: groups, learningRate: 0.1)
    #expect(optimizer.initialLearningRates == nil)
    let schedules: [ChainedSchedule] = [
      .linearLR(optimizer, period: 2), .cosineAnnealingLR(optimizer, period: 2),
    ]
    #expect(optimizer.initialLearningRates == [0.1, 0.01])
    for rates in [[0.1 / 3, 0.01 / 3], [0, 0], [0.05, 0.005], [0.1, 0.01]] {
      for schedule in schedules { schedule.step() }
      #expect(isClose(optimizer.learningRates, rates), "\(optimizer.learningRates)")
    }
  }
}
