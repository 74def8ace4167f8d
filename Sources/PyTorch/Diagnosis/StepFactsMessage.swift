import Trace

/// What the probe has measured of a watched step.
package struct StepFactsMessage: Sendable {
  struct Header: Decodable {
    let step: Int
    let nodes: Int
    var values: [Int]?
    var gradients: [Int]?
    var reached: [Int]?
    var probabilities: [Int]?
    var units: [[Int]]?
    var reductions: [Reduction]?
    /// The nodes of softmax, each with the dimension over which it sums.
    var dimensions: [[Int]]?
    var parameters: [Parameter]?
    var inputs: Inputs?
    var targets: Targets?
    var batchCount: Int?
    var calls: Calls?
    var modulesInEvaluationMode: [String]?
    var evaluationModeLocation: String?
    var optimizer: Int?
    var mixed: Mixed?
    var isAwaited: Bool?
  }

  /// A sample whose output depends on another's input, and the node in which that shows first.
  struct Mixed: Decodable {
    let output: Int
    let input: Int
    var node: String?
  }

  /// What a loss makes of the losses of its samples: its node, and a word.
  struct Reduction: Decodable {
    let node: Int
    let word: String

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      node = try container.decode(Int.self)
      word = try container.decode(String.self)
    }
  }

  struct Parameter: Decodable {
    let name: String
    var isReached: Bool?
    var isUnchanged: Bool?
    var equalRows: [Int]?
    var keepsOldGradient: Bool?
    var cutLocation: String?
    var cutNode: String?
  }

  struct Inputs: Decodable { var areImages: Bool? }

  struct Targets: Decodable {
    var shape: [Int]?
    var areClasses: Bool?
    var classCount: Int?
  }

  struct Calls: Decodable {
    var zeroGrads: Int?
    var backwards: [Backward]?
    var optimizerSteps: Int?
    var optimizerLocation: String?
    var clearsBeforeStep: Bool?
    var zeroGradLocation: String?
    var clipsBeforeBackward: Int?
    var clipsAfterBackward: Int?
    var clipLocation: String?
  }

  struct Backward: Decodable {
    var samples: Int?
    var isScaled: Bool?
    var isMean: Bool?
    var sharesBatch: Bool?
    var hasOtherParameters: Bool?
    var location: String?
  }

  private let header: Header
  private let arrays: ProbeArrays

  init(_ header: Header, _ arrays: ProbeArrays) { (self.header, self.arrays) = (header, arrays) }

  /// Whether the script waits until it is told that the facts were judged.
  var isAwaited: Bool { header.isAwaited ?? false }

  /// The same as facts of a step with these nodes, the newest that the probe has sent.
  ///
  /// - Throws: ``ProbeError/broken(_:)`` where arrays are shorter than the header says.
  func facts(nodes: [ComputationGraph.Node]) throws(ProbeError) -> StepFacts {
    guard (0...nodes.count).contains(header.nodes) else { throw .broken("facts of nodes that there are not") }
    let graph = ComputationGraph(nodes: nodes.prefix(header.nodes).map(\.withPlainOperation))
    var facts = StepFacts(step: MomentMessage.bounded(header.step, from: 1), graph: graph)
    facts.nodes = try nodeFacts(count: header.nodes)
    facts.parameters = try parameterFacts()
    facts.loss = arrays.doubles("loss").first.map { Float($0) }
    facts.learningRate = arrays.doubles("learningRate").first.flatMap { $0.isNaN ? nil : $0 }
    facts.batchCount = header.batchCount
    facts.inputs = inputFacts()
    facts.targets = targetFacts()
    facts.calls = callFacts()
    facts.modulesInEvaluationMode = (header.modulesInEvaluationMode ?? []).map(\.withVisibleControls)
    facts.evaluationModeLocation = header.evaluationModeLocation?.withVisibleControls
    facts.optimizer = header.optimizer
    facts.evaluationLoss = arrays.doubles("evaluationLoss").first.map { Float($0) }
    facts.mixed = header.mixed.map { one in
      StepFacts.MixedSamples(
        output: MomentMessage.bounded(one.output, from: 0), input: MomentMessage.bounded(one.input, from: 0),
        node: one.node?.withVisibleControls)
    }
    return facts
  }

  private func nodeFacts(count: Int) throws(ProbeError) -> [NodeFacts] {
    var facts = [NodeFacts](repeating: NodeFacts(), count: count)
    let (values, gradients) = (header.values ?? [], header.gradients ?? [])
    let (ofValues, ofGradients) = (statistics("valueStatistics"), statistics("gradientStatistics"))
    let magnitudes = arrays.doubles("gradientMagnitudes")
    guard ofValues.count == values.count, ofGradients.count == gradients.count,
      magnitudes.count == gradients.count
    else { throw .broken("facts of another length") }
    for (node, statistics) in zip(values, ofValues) where facts.indices.contains(node) {
      facts[node].value = statistics
    }
    for (place, node) in gradients.enumerated() where facts.indices.contains(node) {
      facts[node].gradient = ofGradients[place]
      facts[node].gradientMagnitude = Float(magnitudes[place])
    }
    for node in header.reached ?? [] where facts.indices.contains(node) { facts[node].isReached = true }
    for node in header.probabilities ?? [] where facts.indices.contains(node) {
      facts[node].hasRowsOfProbabilities = true
    }
    for one in header.reductions ?? [] where facts.indices.contains(one.node) {
      facts[one.node].reduction = NodeFacts.Reduction(rawValue: one.word)
    }
    for one in header.dimensions ?? [] where one.count == 2 && facts.indices.contains(one[0]) {
      facts[one[0]].dimension = one[1]
    }
    try addUnits(to: &facts)
    return facts
  }

  private func addUnits(to facts: inout [NodeFacts]) throws(ProbeError) {
    var (active, saturated) = (arrays.integers("active")[...], arrays.integers("saturated")[...])
    for one in header.units ?? [] {
      guard one.count == 4, facts.indices.contains(one[0]), one[2] >= 0, one[2] <= active.count,
        one[3] >= 0, one[3] <= saturated.count
      else { throw .broken("facts of units of another length") }
      facts[one[0]].units = UnitFacts(
        count: one[1], active: Array(active.prefix(one[2])), saturated: Array(saturated.prefix(one[3])))
      active = active.dropFirst(one[2])
      saturated = saturated.dropFirst(one[3])
    }
  }

  private func parameterFacts() throws(ProbeError) -> [ParameterFacts] {
    let (parameters, numbers) = (header.parameters ?? [], arrays.doubles("parameterNumbers"))
    guard numbers.count == 4 * parameters.count else {
      throw .broken("facts of parameters of another length")
    }
    return parameters.enumerated().map { place, one in
      let own = numbers[4 * place..<4 * place + 4].map { $0 == -1 ? nil : Float($0) }
      let rows = one.equalRows ?? []
      return ParameterFacts(
        name: one.name.withVisibleControls, norm: own[0] ?? .nan, gradientNorm: own[1],
        gradientMagnitude: own[3], updateNorm: own[2], isUnchanged: one.isUnchanged,
        equalRows: rows.count == 2 ? ParameterFacts.EqualRows(first: rows[0], second: rows[1]) : nil,
        keepsOldGradient: one.keepsOldGradient ?? false, isReached: one.isReached ?? false,
        cutLocation: one.cutLocation?.withVisibleControls, cutNode: one.cutNode?.withVisibleControls)
    }
  }

  private func inputFacts() -> InputFacts? {
    guard let inputs = header.inputs, let statistics = statistics("inputStatistics").first else { return nil }
    var facts = InputFacts(statistics: statistics, areImages: inputs.areImages ?? false)
    let numbers = arrays.doubles("inputFeatures")
    let features = stride(from: 0, to: numbers.count - numbers.count % 3, by: 3).map { start in
      InputFacts.Feature(
        place: MomentMessage.bounded(Int(exactly: numbers[start]) ?? 0, from: 0),
        mean: Float(numbers[start + 1]), deviation: Float(numbers[start + 2]))
    }
    guard features.count == 3, features.allSatisfy({ $0.deviation > 0 && $0.deviation.isFinite }) else {
      return facts
    }
    (facts.narrowest, facts.widest, facts.farthest) = (features[0], features[1], features[2])
    (facts.smallestDeviation, facts.largestDeviation) = (features[0].deviation, features[1].deviation)
    return facts
  }

  private func targetFacts() -> TargetFacts? {
    let range = arrays.doubles("targetRange")
    guard let targets = header.targets, range.count == 2 else { return nil }
    return TargetFacts(
      shape: PossibleShape.of(targets.shape ?? []), areClasses: targets.areClasses ?? false,
      classCount: targets.classCount, minimum: range[0], maximum: range[1],
      counts: arrays.integers("targetCounts"), mispredicted: arrays.integers("mispredicted"))
  }

  private func callFacts() -> CallFacts? {
    header.calls.map { calls in
      var facts = CallFacts(
        zeroGrads: calls.zeroGrads ?? 0,
        backwards: (calls.backwards ?? []).map { one in
          CallFacts.Backward(
            samples: one.samples, isScaled: one.isScaled ?? false, isMean: one.isMean ?? true,
            sharesBatch: one.sharesBatch ?? false, hasOtherParameters: one.hasOtherParameters ?? false,
            location: one.location?.withVisibleControls)
        }, optimizerSteps: calls.optimizerSteps ?? 0,
        optimizerLocation: calls.optimizerLocation?.withVisibleControls,
        clearsBeforeStep: calls.clearsBeforeStep ?? false,
        zeroGradLocation: calls.zeroGradLocation?.withVisibleControls)
      facts.clipsBeforeBackward = MomentMessage.bounded(calls.clipsBeforeBackward ?? 0, from: 0)
      facts.clipsAfterBackward = MomentMessage.bounded(calls.clipsAfterBackward ?? 0, from: 0)
      facts.clipLocation = calls.clipLocation?.withVisibleControls
      return facts
    }
  }

  /// Statistics that follow one another in an array.
  private func statistics(_ name: String) -> [TensorStatistics] {
    let numbers = arrays.doubles(name)
    return stride(from: 0, to: numbers.count - numbers.count % 9, by: 9).map { start in
      TensorStatistics(probe: numbers[start..<start + 9])
    }
  }
}

extension TensorStatistics {
  /// Nine numbers from the probe.
  fileprivate init(probe numbers: ArraySlice<Double>) {
    let first = numbers.startIndex
    func count(_ place: Int) -> Int {
      MomentMessage.bounded(Int(exactly: numbers[first + place]) ?? 0, from: 0)
    }
    self.init([])
    self.count = count(0)
    minimum = Float(numbers[first + 1])
    maximum = Float(numbers[first + 2])
    mean = Float(numbers[first + 3])
    deviation = Float(numbers[first + 4])
    norm = Float(numbers[first + 5])
    zeroCount = count(6)
    nanCount = count(7)
    infiniteCount = count(8)
  }
}

extension ComputationGraph.Node {
  /// The same node with the operator that a change in place is one of: `relu` for `relu_`.
  fileprivate var withPlainOperation: Self {
    guard kind == .operation, operation.count > 1, operation.hasSuffix("_"), !operation.hasPrefix("_") else {
      return self
    }
    var node = self
    node.operation.removeLast()
    return node
  }
}
