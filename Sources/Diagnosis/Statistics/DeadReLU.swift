import Localization
import Trace

extension Rule {
  /// Units behind a ReLU that are 0 for nearly every sample of an epoch.
  static let deadReLU = Rule(
    "dead-relu", .statistics, summary: { localized("units behind a ReLU that are never active") },
    thresholds: [
      Threshold("activity", 0.05, source: "TheDeepChecker: the 95th percentile of |a| is below 1e-5"),
      Threshold("share", 0.5, source: "SageMaker Debugger, DeadRelu: more than half of the units"),
      Threshold("samples", 2000, source: "as many samples as tell a rate of 5 % from 0"),
    ], judge: { DeadReLU(thresholds: $0) })
}

/// Adds up the activity of each unit over an epoch, or as many samples as are needed.
private struct DeadReLU: Judge {
  let thresholds: ThresholdValues
  private var activity: [String: (active: [Int], count: Int, location: String?)] = [:]

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in fact: Fact, of run: RunFacts) -> [Finding] {
    guard case .step(let step) = fact else { return [] }
    return step.graph.nodes.compactMap { node in
      guard node.operation == "relu", let units = step.facts(of: node.id)?.units else { return nil }
      add(units, of: node)
      return finding(node, at: step.step)
    }
  }

  private mutating func add(_ units: UnitFacts, of node: ComputationGraph.Node) {
    var sum = activity[node.name] ?? ([], 0, node.location)
    if sum.active.count != units.active.count {
      sum = (units.active, units.count, node.location)
    } else {
      for unit in units.active.indices { sum.active[unit] += units.active[unit] }
      sum.count += units.count
    }
    activity[node.name] = sum
  }

  /// Judges a node once enough samples were seen, and begins to count anew.
  private mutating func finding(_ node: ComputationGraph.Node, at step: Int) -> Finding? {
    guard let sum = activity[node.name], Double(sum.count) >= thresholds["samples"] else { return nil }
    activity[node.name] = nil
    let dead = sum.active.count { Double($0) < thresholds["activity"] * Double(sum.count) }
    guard Double(dead) > thresholds["share"] * Double(sum.active.count) else { return nil }
    return Finding(
      rule: Rule.deadReLU.name, subject: node.name, severity: .warning,
      what: localized("\(dead) of \(sum.active.count) units of \(node.name) are dead"),
      evidence: [localized("for \(sum.count) samples they were active less than one time in twenty")],
      cause: localized("A unit that is 0 passes no gradient, so its weights never change again."),
      remedy: [
        localized("Lower the learning rate."), localized("Initialize the weights for ReLU (Kaiming)."),
        localized("Use LeakyReLU."),
      ], location: node.location, position: .end(of: step), view: .value)
  }
}
