import Autograd
import Localization
import Trace

/// Where the tensor of a condition is found while a step runs.
enum TensorSource {
  case parameter(Tensor)
  case gradientOfParameter(Tensor)
  /// The value of a forward node, by its place among the names that are looked for.
  case operation(Int)
  case gradientOfOperation(Int)
  case inputs
  case targets
}

/// What conditions can read after a node has run.
struct NodeContext {
  let visit: NodeVisit
  /// The forward nodes that have run, by their place among the names that are looked for.
  let found: [Int?]
  let stepsPerEpoch: Int

  private var tape: Tape { visit.tape }

  /// A quantity's current number; nil if this step has not computed it yet.
  func value(_ quantity: Condition.Quantity, _ source: TensorSource?) -> Double? {
    switch quantity {
    case .step: return Double(visit.position.step)
    case .epoch: return Double((visit.position.step - 1) / max(stepsPerEpoch, 1) + 1)
    case .loss:
      guard visit.completesLoss || visit.position.phase > .loss else { return nil }
      return tape.forward.last { $0.phase == .loss }.flatMap { try? $0.output.item() }
    case .measure(let measure, _):
      return source.flatMap(tensor).map { TensorMeasure.value(measure, of: $0) }
    }
  }

  /// Whether a quantity has just been computed.
  func isNew(_ quantity: Condition.Quantity, _ source: TensorSource?) -> Bool {
    switch quantity {
    case .step, .epoch: visit.position.phase == .batch
    case .loss: visit.completesLoss
    case .measure: source.map(isNew) ?? false
    }
  }

  /// Whether a tensor that has just been computed is as `holds` says.
  func hasResult(_ holds: (Tensor) -> Bool) -> ArmedCondition.Verdict {
    let holds = visit.results.contains { !TensorMeasure.isFinite($0.tensor) && holds($0.tensor) }
    return ArmedCondition.Verdict(holds: holds, isNew: holds)
  }

  /// How many values of the tensors just computed are NaN, or infinite.
  func counted(_ measure: Condition.Measure) -> [String] {
    visit.results.compactMap { result in
      let number = Int(TensorMeasure.value(measure, of: result.tensor))
      guard number > 0 else { return nil }
      let (all, what) = (result.tensor.elementCount, result.what.words)
      return switch (measure == .nan, number == 1) {
      case (true, true): localized("1 of \(all) values of \(what) is NaN")
      case (true, false): localized("\(number) of \(all) values of \(what) are NaN")
      case (false, true): localized("1 of \(all) values of \(what) is infinite")
      case (false, false): localized("\(number) of \(all) values of \(what) are infinite")
      }
    }
  }

  /// Whether the node that has run is the one at this place among the names looked for.
  func hasRun(_ place: Int) -> Bool {
    guard let index = found[place] else { return false }
    if visit.forward != nil { return index == tape.forward.count - 1 }
    guard let backward = visit.backward else { return false }
    return tape.forward[index].output.node === backward.node
  }

  private func isNew(_ source: TensorSource) -> Bool {
    switch source {
    case .parameter(let tensor): visit.update?.parameter === tensor
    case .gradientOfParameter(let tensor): visit.sendsGradient(to: tensor)
    case .operation(let place): visit.forward != nil && hasRun(place)
    case .gradientOfOperation(let place): visit.backward != nil && hasRun(place)
    case .inputs, .targets: visit.position.phase == .batch
    }
  }

  private func tensor(_ source: TensorSource) -> Tensor? {
    switch source {
    case .parameter(let tensor): return tensor
    case .gradientOfParameter(let tensor): return tensor.grad
    case .operation(let place): return found[place].map { tape.forward[$0].output }
    case .gradientOfOperation(let place):
      guard let index = found[place], let node = tape.forward[index].output.node else { return nil }
      return tape.backward.last { $0.node === node }?.upstream
    case .inputs: return tape.batch?.inputs
    case .targets: return tape.batch?.targets
    }
  }
}
