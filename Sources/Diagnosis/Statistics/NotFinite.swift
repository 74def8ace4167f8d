import Localization
import Numbers
import Trace

extension Rule {
  /// A loss or weights that are NaN or infinite, and the first node in which it shows.
  static let notFinite = Rule(
    "not-finite", .statistics, summary: { localized("a loss or weights that are NaN or infinite") },
    thresholds: [Threshold("wait", 10, source: localized("how many steps to wait for a look at the nodes"))],
    judge: { NotFinite(thresholds: $0) })
}

/// Waits for a loss that is not finite, and looks for where it begins. Infinities alone are not a fault: a mask of attention
/// has them, and a gradient scaler skips steps in which a gradient has.
private struct NotFinite: LossJudge {
  private let thresholds: ThresholdValues
  private var once = Once()
  private var first: LossFacts?
  /// The parameters that were NaN or infinite after the step before.
  private var brokenBefore: Set<String> = []

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(at loss: LossFacts, of run: RunFacts) -> [Finding] {
    guard first != nil || !loss.loss.isFinite else { return [] }
    if let first, loss.step <= first.step { self.first = loss.loss.isFinite ? nil : loss }
    let start = first ?? loss
    first = start
    guard Double(loss.step - start.step) >= thresholds["wait"], once.tells(at: loss.step) else { return [] }
    return [finding(nil, loss: start.loss, rate: start.learningRate, in: nil, at: start.step, run)]
  }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    let broken = Set(step.parameters.lazy.filter { !$0.norm.isFinite }.map(\.name))
    defer { brokenBefore = broken }
    let loss = first?.loss ?? step.loss ?? 0
    guard !broken.isEmpty || !loss.isFinite, once.tells(at: step.step) else { return [] }
    let place = first?.step ?? step.step
    // Of a later step it is not known what came first.
    let node = place == step.step ? origin(in: step, loss: loss) : nil
    return [finding(node, loss: loss, rate: step.learningRate, in: step, at: place, run)]
  }

  /// The first node that has what the loss has, NaN or infinite numbers. The numbers of a parameter are those after the
  /// update: it is the first only where it was broken before, or where nothing else is.
  private func origin(in step: StepFacts, loss: Float) -> ComputationGraph.Node? {
    let isUpdate = loss.isFinite
    func isBroken(_ node: ComputationGraph.Node, _ infiniteToo: Bool) -> Bool {
      guard node.kind != .parameter || isUpdate || brokenBefore.contains(node.name),
        let value = step.facts(of: node.id)?.value
      else { return false }
      return value.nanCount > 0 || infiniteToo && value.infiniteCount > 0
    }
    let nodes = step.graph.nodes
    guard loss.isNaN, let node = nodes.first(where: { isBroken($0, false) }) else {
      return nodes.first { isBroken($0, true) }
    }
    // NaN most often comes of infinities, ∞ − ∞ or 0 · ∞: these are where it began.
    var place = min(node.id, nodes.count - 1)
    while let input = nodes[place].inputs.first(where: {
      nodes.indices.contains($0) && $0 < place && isBroken(nodes[$0], true)
    }) {
      place = input
    }
    return nodes[place]
  }

  private func finding(
    _ node: ComputationGraph.Node?, loss: Float, rate: Double?, in step: StepFacts?, at place: Int,
    _ run: RunFacts
  ) -> Finding {
    var evidence = loss.isFinite ? [] : [localized("The loss of step \(place) is \(Advice.figure(loss)).")]
    if let node, let step, let value = step.facts(of: node.id)?.value {
      let broken = value.nanCount + value.infiniteCount
      evidence.append(
        value.nanCount == 0
          ? localized(
            "\(broken) of \(value.count) numbers of \(node.name) are infinite, the first in step \(place).")
          : localized(
            "\(broken) of \(value.count) numbers of \(node.name) are NaN or infinite, the first in step \(place)."
          ))
      for input in node.inputs where step.graph.nodes.indices.contains(input) {
        guard let given = step.facts(of: input)?.value else { continue }
        // What the update made of a parameter was not an input.
        if step.graph.nodes[input].kind == .parameter, given.nanCount + given.infiniteCount > 0 { continue }
        let (low, high) = (Advice.figure(given.minimum), Advice.figure(given.maximum))
        evidence.append(localized("Its input \(step.graph.nodes[input].name) ranges from \(low) to \(high)."))
      }
    }
    let what =
      !loss.isFinite
      ? localized("the loss is \(Advice.figure(loss))") : localized("weights are NaN or infinite")
    return Finding(
      rule: Rule.notFinite.name, subject: node?.name, severity: .error,
      what: node.map { localized("\(what): it begins in \($0.name)") } ?? what,
      evidence: evidence,
      cause: cause(node, node.flatMap { step?.facts(of: $0.id)?.value }, loss),
      remedy: remedy(node, rate, Advice(run)),
      location: node?.location ?? run.optimizerLocation ?? run.location,
      position: .end(of: place), view: node == nil ? nil : .value)
  }

  /// Operators that are infinite at 0.
  private static let poles: Set<String> = [
    "log", "log2", "log10", "log1p", "div", "truediv", "reciprocal", "rsqrt", "binary_cross_entropy",
  ]

  private func cause(_ node: ComputationGraph.Node?, _ value: TensorStatistics?, _ loss: Float)
    -> String
  {
    if node == nil, loss.isInfinite {
      return localized(
        "A number became larger than its type can hold (3.4e38 in float32), or was divided by 0; computing with infinite numbers gives NaN, and updates bring it into all weights."
      )
    }
    guard let node, let value, node.kind != .input, value.nanCount == 0, value.infiniteCount > 0 else {
      return localized("Whatever is computed with NaN is NaN, and updates bring it into all weights.")
    }
    return NotFinite.poles.contains(node.bareOperation)
      ? localized(
        "The logarithm of 0 and a division by 0 are infinite; computing with that gives NaN, and updates bring it into all weights."
      )
      : localized(
        "A number became larger than its type can hold (3.4e38 in float32), so it is infinite; computing with that gives NaN, and updates bring it into all weights."
      )
  }

  private func remedy(_ node: ComputationGraph.Node?, _ rate: Double?, _ advice: Advice) -> [String] {
    let lower = [advice.lowerRate(rate)] + advice.clip
    guard let node else { return lower }
    switch (node.kind, node.bareOperation) {
    case (.input, _):
      return [
        advice.words(
          localized("Remove NaN and infinite numbers from the data, or fill them in."),
          option: localized(
            "Remove NaN and infinite numbers from the data; of a table, --missing drop leaves out rows without a number."
          ))
      ]
    case (_, "log"), (_, "binary_cross_entropy"):
      let clamp = advice.words("clamp(min=1e-7)", swift: "clamp(min: 1e-7)")
      return [
        localized("Keep the logarithm's input above 0: \(clamp), or use a loss that takes logits.")
      ] + lower
    case (_, "sqrt"), (_, "norm"), (_, "div"), (_, "truediv"), (_, "pow"), (_, "rsqrt"), (_, "std"):
      return [localized("Add a small number, such as 1e-8, under the root or to the divisor.")] + lower
    case (_, "exp"):
      let logSoftmax = advice.words("log_softmax", swift: "logSoftmax")
      return [localized("Subtract the largest number before exp, or use logsumexp or \(logSoftmax).")] + lower
    default: return lower
    }
  }
}
