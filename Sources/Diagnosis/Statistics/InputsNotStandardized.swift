import Localization
import Numbers
import Trace

extension Rule {
  /// Inputs whose features differ greatly in scale, lie far from 0, or are far too large.
  static let inputsNotStandardized = Rule(
    "inputs-not-standardized", .statistics,
    summary: { localized("inputs of very different scales, far from 0, or far too large") },
    thresholds: [
      Threshold(
        "ratio", 100,
        source: localized("UMLAUT and TheDeepChecker: the features' deviations against each other")),
      Threshold(
        "scale", 10, source: localized("below it a feature is no larger than an outlier of standardized ones")
      ),
      Threshold(
        "mean", 20, source: localized("deviations from 0; iris as it is comes to 7, and trains well")),
      Threshold(
        "size", 100, source: localized("pixels of 0…255, prices, times; the inputs of sound runs reach 10")),
      Threshold("steps", 3, source: localized("one batch may be unlike the others")),
    ], judge: { InputsNotStandardized(thresholds: $0) })
}

/// Looks at the inputs of the first steps, where a layer with weights takes them as they are.
private struct InputsNotStandardized: Judge {
  private let thresholds: ThresholdValues
  private var streaks = Streaks()

  init(thresholds: ThresholdValues) { self.thresholds = thresholds }

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard let inputs = step.inputs else { return [] }
    let fault = fault(of: inputs)
    let advice = Advice(run)
    let node = fault == nil ? nil : direct(in: step.graph)
    let names = streaks.extend(node == nil ? [] : [""], to: thresholds["steps"])
    guard let fault, let node, !names.isEmpty else { return [] }
    return [
      Finding(
        rule: Rule.inputsNotStandardized.name, subject: node.name, severity: .warning, what: fault.what,
        evidence: [
          fault.evidence,
          localized(
            "The whole batch ranges from \(Advice.figure(inputs.statistics.minimum)) to \(Advice.figure(inputs.statistics.maximum))."
          ),
        ],
        cause: localized(
          "A learning rate that suits the large numbers is too small for the small ones, so training is slow or diverges."
        ),
        remedy: [
          inputs.areImages
            ? localized("Divide pixels by 255, or subtract their mean and divide by their deviation.")
            : advice.words(
              localized(
                "Subtract each feature's mean and divide by its deviation, both taken from the training data."
              ),
              option: localized("Start with --standardize."))
        ] + advice.ofPrograms(localized("Or make the first layer a BatchNorm.")),
        location: node.location ?? run.location, position: .start(of: step.step), view: .value,
        cell: fault.feature)
    ]
  }

  private struct Fault {
    var what: String
    var evidence: String
    var feature: Int?
  }

  private func fault(of inputs: InputFacts) -> Fault? {
    let all = inputs.statistics
    let widest = inputs.areImages ? all.deviation : inputs.largestDeviation ?? all.deviation
    if !inputs.areImages, let least = inputs.smallestDeviation, least > 0,
      Double(widest) > thresholds["ratio"] * Double(least), Double(widest) > thresholds["scale"]
    {
      return Fault(
        what: localized(
          "the inputs are of very different scales: the largest is \(NumberText.brief(Double(widest / least))) times the smallest"
        ),
        evidence: scales(inputs, least, widest), feature: inputs.widest?.place)
    }
    if !inputs.areImages, let far = inputs.farthest, far.deviation > 0,
      Double(abs(far.mean)) > thresholds["mean"] * Double(far.deviation),
      Double(abs(far.mean)) > thresholds["scale"]
    {
      let (mean, deviation) = (Advice.figure(far.mean), Advice.figure(far.deviation))
      return Fault(
        what: localized(
          "feature \(far.place) of the inputs is far from 0: its mean is \(mean), its deviation \(deviation)"),
        evidence: localized("The mean is \(Advice.figure(abs(far.mean) / far.deviation)) deviations from 0."),
        feature: far.place)
    }
    let isLarge =
      inputs.areImages
      ? Double(max(all.maximum, -all.minimum)) > thresholds["size"]
        && Double(all.deviation) > thresholds["scale"]
      : Double(widest) > thresholds["size"]
    guard isLarge else { return nil }
    let (low, high) = (Advice.figure(all.minimum), Advice.figure(all.maximum))
    return Fault(
      what: localized("the inputs are large numbers, from \(low) to \(high)"),
      evidence: localized(
        "Their mean is \(Advice.figure(all.mean)), their deviation \(Advice.figure(all.deviation))."),
      feature: inputs.areImages ? nil : inputs.widest?.place)
  }

  private func scales(_ inputs: InputFacts, _ least: Float, _ most: Float) -> String {
    let (small, large) = (Advice.figure(least), Advice.figure(most))
    guard let narrow = inputs.narrowest, let wide = inputs.widest else {
      return localized("The features' deviations are from \(small) to \(large).")
    }
    return localized(
      "The deviation of feature \(wide.place) is \(large), that of feature \(narrow.place) \(small).")
  }

  /// The input that an operation with weights takes as it is: no table of embeddings, no normalization and no division by
  /// 255 is before it.
  private func direct(in graph: ComputationGraph) -> ComputationGraph.Node? {
    let reading = GraphReading(graph)
    for node in graph.nodes where node.phase == .forward && reading.isWeighted(node) {
      if let source = reading.source(of: node), source.kind == .input { return source }
    }
    return nil
  }
}
