import Arrays
import Foundation
import Testing
import Trace

/// What crosses between a run and a screen can cross between two processes as well.
struct CodableTests {
  private func check<Value: Codable & Sendable & Equatable>(_ value: Value) throws {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    #expect(try decoder.decode(Value.self, from: encoder.encode(value)) == value)
  }

  private let position = Position(step: 3, phase: .backward, node: 2)

  private var moment: Moment {
    var moment = Moment(
      position: position, head: Position(step: 4, phase: .batch, node: 0), current: 1,
      graph: ComputationGraph(nodes: [
        .init(id: 0, name: "x", operation: "x", kind: .input, shape: [2, 2], phase: .batch),
        .init(
          id: 1, name: "fc1.linear", operation: "linear", kind: .operation, group: "fc1", shape: [2, 1],
          inputs: [0], location: "Model.swift:12"),
      ]),
      states: [
        NodeState(progress: .forward, valueNorm: .infinity), NodeState(progress: .updated, gradientNorm: 2),
      ],
      phaseNodeCount: 4,
      parameters: [ParameterSnapshot(name: "w", weightNorm: 1, gradientNorm: nil, updateRatio: 0.5)],
      focus: TensorSnapshot(node: "fc1.linear", view: .gradient, shape: [2], values: [1, -.infinity]),
      loss: 0.25,
      batch: BatchSnapshot(
        samples: [
          .init(index: 7, label: 1, prediction: 0, probability: 0.5, probabilities: [0.5, 0.5], values: [1])
        ],
        count: 1, correctCount: 0, imageSize: .init(rows: 1, columns: 1),
        regions: DecisionRegions(
          left: -1, right: 1, bottom: -1, top: 1, columns: 1, rows: 1, classes: [1], confidences: [9],
          points: [.init(x: 1, y: -2, label: 1)])),
      explanation: Explanation(
        numpy: ["x @ w"], pytorch: "linear", formula: "x W", derivative: "dL/dx",
        contributions: [
          .init(
            source: "loss", target: "w", upstreamShape: [], upstreamNorm: 1, shape: [2], norm: 2, number: 1,
            count: 1)
        ]))
    moment.states[0].sketch = ValueSketch(3) { Float($0) }
    moment.hit = BreakpointHit(breakpoint: 2, text: "loss > 1", measured: "loss is 2")
    moment.thumbnails = [thumbnail]
    moment.limitation = "This moment cannot be recomputed."
    return moment
  }

  private let thumbnail = Thumbnail(
    node: "w", view: .update, shape: [2], rows: 1, columns: 2, levels: [0, 255], minimum: -1, maximum: 2.5)

  private let description = RunDescription(
    data: "digits", network: "64→10", optimizer: "SGD", batchSize: 2, seed: .max, epochs: 1,
    stepsPerEpoch: 5,
    parameterNames: ["w"], classNames: ["0", "1"])

  private let epoch = EpochResult(
    epoch: 1, step: 5, loss: 0.5, validationLoss: nil, trainAccuracy: 1, validationAccuracy: 0.5,
    seconds: 2)

  private let scalars = StepScalars(
    step: 1, loss: 2, accuracy: nil, learningRate: 0.1, gradientNorms: [1, .infinity], seconds: 0.5)

  private func array(_ name: String) throws -> NamedArray {
    NamedArray(name: name, array: try RawArray([Float(1), .infinity], shape: [2, 1]))
  }

  @Test func updates() throws {
    var update = RunUpdate()
    update.status = .failed("The disk is full.")
    update.description = description
    update.moment = moment
    update.losses = [.init(step: 1, loss: 2, accuracy: 0.5)]
    update.epochs = [epoch]
    update.warnings = ["Careful."]
    update.notice = "Step 1 was not kept."
    update.events = [
      RunEvent(
        .change, at: position, node: "w", "w[0] = 1",
        change: .cell(parameter: "w", index: [0], value: .infinity))
    ]
    update.fork = .init(position: position, future: .ghost)
    update.cause = Cause(
      defect: .nan, path: [.init(position: position, node: "w", view: .value, index: [1], text: "= inf")],
      conclusion: "log of 0 is −inf")
    let comparison = GradientComparison(index: [0], gradient: 1, difference: 2, rounding: 1e-9)
    update.gradientCheck = GradientCheck(
      parameter: "w", cells: [comparison], operators: [.init(node: "halving", input: "x", worst: comparison)],
      conclusion: "They differ.")
    update.modelTest = ModelTestProgress(.overfit(steps: 200), done: 7, of: 200)
    var sweep = LearningRateSweep()
    _ = sweep.add(loss: 2, rate: 1e-7)
    for result in [
      ModelTestResult.learningRates(sweep),
      .overfit(
        OverfitTest(
          sampleCount: 8, goal: 0.02, attempts: [.init(optimizer: "SGD lr 0.1", losses: [2, .infinity])],
          verdict: .fails)),
      .gradients(
        GraphGradientCheck(rows: [.init(node: "relu", input: "x", worst: comparison, cellCount: 5)])),
    ] {
      update.modelTestResult = result
      try check(update)
    }
    update.recording = RecordingStatus(path: "run.tapedeck", byteCount: 7, problem: "The disk is full.")
    try check(update)
  }

  @Test func commands() throws {
    let breakpoint = try Breakpoint(
      id: 3, parsing: "fc1.relu backward if loss > inf or nan and norm(w.grad) <= 2")
    let commands: [Command] = [
      .run, .pause, .nextNode, .seek(position), .goTo(position),
      .focus(Focus(node: "w", view: .gradient, followed: [FollowedCell(node: "fc1.weight", cell: 7)])),
      .show(ScreenNeeds(sketches: ["fc1.relu"], regions: nil)), .show(ScreenNeeds()),
      .breakpoints([breakpoint]), .runTo(node: "w"), .searchBack(breakpoint),
      .change(.hyperparameter(name: "lr", value: 0.5), future: .dropped),
      .change(.zeroGrad(false), future: .ghost),
      .findCause(node: "w", view: .value, cell: nil), .checkGradient(parameter: "w", cell: 3), .note("why?"),
      .test(.overfit(steps: 200)), .test(.learningRates(steps: 100)), .test(.gradients),
      .mark(.start),
      .record(path: "run.tapedeck"), .pace(nil), .pace(60), .quit,
    ]
    for command in commands { try check(command) }
  }

  @Test func records() throws {
    let snapshot = StateSnapshot(
      step: 1, epochLoss: 0, hash: .max, parameters: [try array("w")], buffers: [try array("b")],
      settings: ["lr": .infinity], zeroGrad: false,
      batch: .init(indices: [3], inputs: try array("inputs"), targets: try array("targets")))
    let origin = RunOrigin(
      description: description, settings: "{}", program: "0.1.0", machine: "a machine", dataHash: .max,
      begun: 1)
    let records: [RunRecord] = [
      .origin(origin), .scalars(scalars), .graph(step: 2, moment.graph), .keyframe(snapshot),
      .hash(step: 9, 7), .epoch(epoch), .event(RunEvent(.mark, at: position, "Marked.")),
      .thumbnails(step: 3, [thumbnail]), .fork(position), .finished,
    ]
    for record in records { try check(record) }
  }

  @Test func curvesAndErrors() throws {
    var curve = LossCurve(capacity: 4)
    for step in 1...7 { curve.append(step: step, value: Double(step)) }
    try check(curve)
    try check(BreakpointSyntaxError(column: 3, expected: "a number", got: "“x”"))
  }

  /// Another program that writes a recording need not know where the moments of this one come from.
  @Test func aDescriptionNeedsNoSourceAndNoNames() throws {
    let json = """
      {"data":"faces","network":"cnn","optimizer":"Adam","batchSize":8,"seed":1,"epochs":2,"iterationsPerEpoch":3}
      """
    let description = try JSONDecoder().decode(RunDescription.self, from: Data(json.utf8))
    #expect(description.source == .live)
    #expect(description.parameterNames.isEmpty)
    #expect(description.stepCount == 6)
  }
}
