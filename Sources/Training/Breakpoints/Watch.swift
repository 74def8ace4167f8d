import Autograd
import Localization
import Trace

/// Decides after each node whether a breakpoint is hit.
///
/// Owner: the training queue.
final class Watch {
  private let names: ModelNames
  private let parameters: [String: Tensor]
  private let stepsPerEpoch: Int

  private(set) var breakpoints: [Breakpoint] = []
  /// The node to run to; nil for none.
  private(set) var target: String?
  private var armed: [ArmedBreakpoint] = []
  private var armedTarget: ArmedBreakpoint?
  private var finder: NodeFinder
  /// How many nodes the loss has, from the last whole step; nil before there was one.
  private(set) var lossNodeCount: Int?
  /// Whether the breakpoints' names have been compared with those of a step.
  private(set) var isChecked = true

  /// A watch for the runs of a model, without any breakpoint yet.
  init(_ names: ModelNames, stepsPerEpoch: Int) {
    self.names = names
    self.stepsPerEpoch = stepsPerEpoch
    parameters = Dictionary(
      names.orderedParameters.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
    finder = NodeFinder([], names: names)
  }

  /// Whether there is anything to wait for.
  var isActive: Bool { !armed.isEmpty || armedTarget != nil }

  /// Whether a finding of the diagnosis stops the run.
  var stopsAtFindings: Bool { breakpoints.stopAtFindings }

  /// The hit to report at a finding of the diagnosis; nil where no breakpoint stops there.
  func hit(by finding: Finding) -> BreakpointHit? { breakpoints.hit(by: finding) }

  /// Waits for these breakpoints, and for no others.
  func set(_ breakpoints: [Breakpoint]) {
    self.breakpoints = breakpoints
    isChecked = false
    arm()
  }

  /// Waits for a node as well; nil to stop waiting for it.
  func setTarget(_ node: String?) {
    guard node != target else { return }
    target = node
    arm()
  }

  /// A watch for one breakpoint alone.
  func alone(_ breakpoint: Breakpoint) -> Watch {
    let other = Watch(names, stepsPerEpoch: stepsPerEpoch)
    var breakpoint = breakpoint
    breakpoint.isEnabled = true
    (other.finder, other.lossNodeCount) = (finder, lossNodeCount)
    other.set([breakpoint])
    return other
  }

  /// Begins a step.
  func begin() { finder.begin() }

  /// Learns from a whole step which nodes the next one has.
  func finish(_ tape: Tape) {
    lossNodeCount = tape.count(in: .loss)
    finder.learn(tape)
  }

  /// The hits at the run's first loss, once it is known to have no further node.
  func learnLoss(_ visit: NodeVisit) -> [BreakpointHit] {
    lossNodeCount = visit.tape.count(in: .loss)
    let before = context(visit)
    var visit = visit
    visit.completesLoss = true
    let after = context(visit)
    return armed.filter { !$0.isHit(before) && $0.isHit(after) }.map { $0.hit(after) }
  }

  /// The breakpoints hit after a node, in their order, and whether it is the node to run to.
  func check(_ visit: NodeVisit) -> (hits: [BreakpointHit], isTarget: Bool) {
    finder.follow(visit.tape)
    var visit = visit
    // In the first step only the start of backward shows which node is the loss's last.
    visit.completesLoss = visit.position.phase == .loss && visit.position.node + 1 == lossNodeCount
    let context = context(visit)
    let hits = armed.filter { $0.isHit(context) }.map { $0.hit(context) }
    return (hits, armedTarget?.isHit(context) ?? false)
  }

  private func context(_ visit: NodeVisit) -> NodeContext {
    NodeContext(visit: visit, found: finder.found, stepsPerEpoch: stepsPerEpoch)
  }

  // MARK: Names

  /// A sentence for each name that no node has, and for what a node does not have; given once, when the nodes of a step are known.
  func obstacles(in graph: ComputationGraph) -> [String] {
    guard !isChecked else { return [] }
    isChecked = true
    return breakpoints.flatMap { breakpoint in
      let unknown = unknownNames(in: breakpoint, graph).map { Watch.sentence($0, graph, parameters.keys) }
      let obstacle = breakpoint.obstacle(in: graph).map { [$0.sentence] } ?? []
      return (unknown + obstacle).map { localized("breakpoint \(breakpoint.id), \(breakpoint.text): \($0)") }
    }
  }

  /// Why a node cannot be run to; nil if it can.
  func obstacle(to node: String, in graph: ComputationGraph) -> String? {
    if let found = graph.node(named: node), found.kind == .input, found.name != "x", found.name != "y" {
      return localized("\(node) is an input and is not computed, so the run cannot stop there")
    }
    guard !isKnown(node, graph) else { return nil }
    return localized("the run cannot go there: \(Watch.sentence(node, graph, parameters.keys))")
  }

  private func unknownNames(in breakpoint: Breakpoint, _ graph: ComputationGraph) -> [String] {
    var seen: Set<String> = []
    return breakpoint.nodes.filter { !isKnown($0, graph) && seen.insert($0).inserted }
  }

  private func isKnown(_ name: String, _ graph: ComputationGraph) -> Bool {
    parameters[name] != nil || name == "x" || name == "y" || graph.node(named: name) != nil
  }

  private static func sentence(
    _ name: String, _ graph: ComputationGraph, _ parameters: some Sequence<String>
  ) -> String {
    let all = Set(graph.nodes.map(\.name)).union(parameters)
    let near = NearestNames.names(to: name, among: all)
    switch near.count {
    case 0:
      let some = all.sorted().prefix(3).joined(separator: ", ")
      return localized("this run has no node \(name); its nodes include \(some)")
    case 1: return localized("this run has no node \(name); the nearest name is \(near[0])")
    default:
      let first = near.dropLast().joined(separator: ", ")
      return localized(
        "this run has no node \(name); the nearest names are \(first) and \(near[near.count - 1])")
    }
  }

  // MARK: Arming

  private func arm() {
    let enabled = breakpoints.filter { $0.isEnabled && !$0.stopsAtFindings }
    let goal = target.map { Breakpoint(id: 0, node: $0) }
    let named = Set((enabled + [goal].compactMap { $0 }).flatMap(\.nodes))
    finder = finder.looking(for: named.filter { parameters[$0] == nil && $0 != "x" && $0 != "y" }.sorted())
    armed = enabled.map(arm)
    armedTarget = goal.map(arm)
  }

  private func arm(_ breakpoint: Breakpoint) -> ArmedBreakpoint {
    // A line of a file belongs to a script of another program.
    if breakpoint.line != nil {
      return ArmedBreakpoint(breakpoint: breakpoint, place: .nowhere, condition: nil)
    }
    let isBare = breakpoint.node == nil && breakpoint.phases.isEmpty && breakpoint.condition != nil
    return ArmedBreakpoint(
      breakpoint: breakpoint, place: isBare ? nil : breakpoint.node.map(place) ?? .any,
      condition: breakpoint.condition.map(arm))
  }

  private func place(_ name: String) -> ArmedBreakpoint.Place {
    if let tensor = parameters[name] { return .parameter(tensor) }
    if name == "x" || name == "y" { return .batch }
    return finder.wanted.firstIndex(of: name).map { .operation($0) } ?? .nowhere
  }

  private func arm(_ condition: Condition) -> ArmedCondition {
    switch condition {
    case .comparison(.measure(let measure, let tensor), let comparison, let number):
      .comparison(.measure(measure, of: tensor), source(tensor), comparison, number)
    case .comparison(let quantity, let comparison, let number): .comparison(quantity, nil, comparison, number)
    case .nan: .nan
    case .infinite: .infinite
    case .and(let left, let right): .and(arm(left), arm(right))
    case .or(let left, let right): .or(arm(left), arm(right))
    }
  }

  private func source(_ tensor: Condition.TensorReference) -> TensorSource? {
    let isGradient = tensor.view == .gradient
    if let parameter = parameters[tensor.node] {
      return isGradient ? .gradientOfParameter(parameter) : .parameter(parameter)
    }
    switch tensor.node {
    case "x": return isGradient ? nil : .inputs
    case "y": return isGradient ? nil : .targets
    default:
      return finder.wanted.firstIndex(of: tensor.node).map {
        isGradient ? .gradientOfOperation($0) : .operation($0)
      }
    }
  }
}
