import Autograd
import NN
import Trace

/// Measures what the screen plots of a step.
///
/// The learning rate is reported where it changes. What needs a pass over tensors is measured only where it is plotted, and
/// as often as its small share of the time allows: parameters in any step, nodes in those that are watched.
///
/// Owner: the training queue.
struct SeriesSampler {
  private let names: ModelNames
  private let state: ModelState
  private let optimizer: any Optimizer
  /// What is plotted.
  private(set) var wanted: [PlotSeries] = []
  private var needs = Needs()
  private var rate: Double?
  private var parameterTime = Allowance()
  private var nodeTime = Allowance()
  /// What was measured when backward was done, until the step ends.
  private var measured: [PlotSeries: Double] = [:]
  /// The parameters before the update that comes, where the update is measured.
  private var before: [Tensor] = []
  private var isSampled = false

  /// Which parts of a step are needed.
  private struct Needs {
    var gradients = false
    var updates = false
    var parameters = false
    var nodes = false

    var any: Bool { gradients || updates || parameters || nodes }
  }

  /// A sampler of a run, which measures nothing yet.
  init(_ timeline: Timeline) {
    (names, state, optimizer) = (timeline.names, timeline.state, timeline.experiment.optimizer)
  }

  /// Measures these series from now on.
  mutating func set(_ series: [PlotSeries]) {
    wanted = series
    needs = Needs()
    for series in series {
      switch series {
      case .learningRate: break
      case .gradientNorm: needs.gradients = true
      case .updateRatio: needs.updates = true
      case .deadUnits: needs.nodes = true
      case .measure(_, let tensor):
        if parameter(tensor.node) == nil {
          needs.nodes = true
        } else if tensor.view == .gradient {
          needs.gradients = true
        } else {
          needs.parameters = true
        }
      }
    }
    (measured, before, isSampled) = ([:], [], false)
  }

  /// Another future begins, in which the learning rate is reported again.
  mutating func fork() {
    rate = nil
    (measured, before, isSampled) = ([:], [], false)
  }

  /// Backward is done, and nothing is clipped: measures gradients, and keeps the parameters where their update is
  /// measured. `always` where saving time does not matter.
  mutating func measureGradients(always: Bool, now: () -> Double) {
    (measured, before, isSampled) = ([:], [], false)
    guard needs.gradients || needs.updates || needs.parameters else { return }
    let start = now()
    guard always || parameterTime.allows(start) else { return }
    isSampled = true
    for series in wanted {
      switch series {
      case .gradientNorm: measured[series] = totalNorm(names.orderedParameters.compactMap(\.tensor.grad))
      case .measure(let measure, let tensor) where tensor.view == .gradient:
        if let gradient = parameter(tensor.node)?.grad {
          measured[series] = TensorMeasure.value(measure, of: gradient)
        }
      case .learningRate, .updateRatio, .deadUnits, .measure: break
      }
    }
    if needs.updates { before = names.orderedParameters.map { state.copy($0.tensor) } }
    parameterTime.spend(from: start, to: now())
  }

  /// The values of a step that is done; `tape` has its nodes where they were watched.
  mutating func points(of step: Int, _ tape: Tape?, always: Bool, now: () -> Double) -> [SeriesPoint] {
    var points: [SeriesPoint] = []
    if case let newest = optimizer.learningRate, newest != rate {
      rate = newest
      points.append(SeriesPoint(.learningRate, step: step, value: newest))
    }
    guard needs.any else { return points }
    if isSampled { points += parameterPoints(of: step, now: now) }
    if needs.nodes, let tape, tape.step == step, case let start = now(), always || nodeTime.allows(start) {
      points += nodePoints(of: step, tape)
      nodeTime.spend(from: start, to: now())
    }
    (measured, before, isSampled) = ([:], [], false)
    return points
  }

  /// What the tape of a whole step has of a recording's step that is computed again: the numbers that were not recorded.
  mutating func points(ofRecomputed tape: Tape, always: Bool, now: () -> Double) -> [SeriesPoint] {
    let unknown = wanted.filter { series in
      let isRecorded = series.gradientNormParameter.map { parameter($0) != nil } ?? false
      return !isRecorded && series != .learningRate && series != .gradientNorm
    }
    guard !unknown.isEmpty, case let start = now(), always || nodeTime.allows(start) else { return [] }
    defer { nodeTime.spend(from: start, to: now()) }
    let reading = TapeReading(tape, names: names)
    return unknown.compactMap { series in
      value(series, tape, reading).map { SeriesPoint(series, step: tape.step, value: $0) }
    }
  }

  /// Whether every parameter that has a gradient has been updated.
  func isWhole(_ tape: Tape) -> Bool {
    !tape.updates.isEmpty && tape.updates.count >= names.orderedParameters.count { $0.tensor.grad != nil }
  }

  // MARK: Measuring

  private mutating func parameterPoints(of step: Int, now: () -> Double) -> [SeriesPoint] {
    let start = now()
    if !before.isEmpty {
      measured[.updateRatio] = SeriesSampler.ratio(
        zip(names.orderedParameters.map(\.tensor), before).map { (after: $0, before: $1) })
    }
    for series in wanted {
      guard case .measure(let measure, let tensor) = series, tensor.view == .value,
        let parameter = parameter(tensor.node)
      else { continue }
      measured[series] = TensorMeasure.value(measure, of: parameter)
    }
    parameterTime.add(now() - start)
    return wanted.compactMap { series in
      measured[series].map { SeriesPoint(series, step: step, value: $0) }
    }
  }

  private func nodePoints(of step: Int, _ tape: Tape) -> [SeriesPoint] {
    let reading = TapeReading(tape, names: names)
    return wanted.compactMap { series in
      switch series {
      case .learningRate, .gradientNorm, .updateRatio: return nil
      case .measure(_, let tensor) where parameter(tensor.node) != nil: return nil
      case .deadUnits, .measure:
        return value(series, tape, reading).map { SeriesPoint(series, step: step, value: $0) }
      }
    }
  }

  private func value(_ series: PlotSeries, _ tape: Tape, _ reading: TapeReading) -> Double? {
    switch series {
    case .learningRate: return optimizer.learningRate
    case .gradientNorm:
      let gradients = names.orderedParameters.compactMap(\.tensor.grad)
      return gradients.isEmpty ? nil : totalNorm(gradients)
    case .updateRatio:
      let changes = reading.tensors.compactMap { tensors in
        tensors.before.flatMap { before in tensors.updated.map { (after: $0, before: before) } }
      }
      return changes.isEmpty ? nil : SeriesSampler.ratio(changes)
    case .deadUnits: return DeadUnits.share(of: tape)
    case .measure(let measure, let tensor):
      let owner = parameter(tensor.node)
      let node = reading.graph.node(named: tensor.node).map { reading.tensors[$0.id] }
      let found = tensor.view == .gradient ? owner?.grad ?? node?.gradient : owner ?? node?.value
      return found.map { TensorMeasure.value(measure, of: $0) }
    }
  }

  private func parameter(_ name: String) -> Tensor? {
    names.orderedParameters.first { $0.name == name }?.tensor
  }

  private func totalNorm(_ tensors: [Tensor]) -> Double {
    tensors.reduce(0) { $0 + $1.sumOfSquares }.squareRoot()
  }

  /// The norm of all changes divided by that of what was changed, as it is afterwards; 0 where that is 0.
  private static func ratio(_ changes: [(after: Tensor, before: Tensor)]) -> Double {
    var (change, size) = (0.0, 0.0)
    for (after, before) in changes {
      change += SquaredDistance.between(after, before)
      size += after.sumOfSquares
    }
    return size == 0 ? 0 : (change / size).squareRoot()
  }
}

/// How much of the time measuring may take: as much as it likes once, and then nothing until that is its share.
private struct Allowance {
  /// Measuring takes at most one two-hundredth of the time.
  private static let share = 200.0

  private var cost = 0.0
  private var last = -Double.infinity

  /// Whether measuring is allowed now.
  func allows(_ seconds: Double) -> Bool { seconds - last >= cost * Allowance.share }

  /// Something was measured, from one time to another.
  mutating func spend(from start: Double, to end: Double) { (cost, last) = (end - start, end) }

  /// The same measurement took some seconds more.
  mutating func add(_ seconds: Double) { cost += seconds }
}
