import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// One label of a table is a class that the network does not have.
struct LabelOutOfRange {
  private static let line: UInt = #line + 9

  @Sendable private static func make(samples: Int, epochs: Int) throws -> Experiment {
    var classes = (0..<samples).map { $0 % 3 }
    classes[samples - 3] = 3
    let table = try TableDataset(
      name: "flowers", featureNames: ["a", "b"], features: (0..<samples * 2).map { Float($0 % 7) / 7 },
      targets: .classes(classes, names: ["0", "1", "2", "3"]))
    let fc = try linear([[1, 0], [0, 1], [1, 1]], bias: [0, 0, 0])
    return Experiment(
      name: "flowers", model: Network([("fc", fc)]) { try fc($0) }, loss: CrossEntropyLoss(),
      optimizer: SGD(fc.namedParameters(), learningRate: 0.1), trainData: try DataLoader(table, batchSize: 4),
      epochs: epochs, seed: 0)
  }

  private static func expected(sample: Int, row: Int) -> String {
    "FaultyRunTests/LabelOutOfRange.swift:\(line): cross_entropy got label 3 at [\(row)]; it expects a class from "
      + "0 to 2. This is sample \(sample) of flowers."
  }

  @Test func theRunStandsBeforeTheLossWithItsInputsAndItsPast() throws {
    let run = try FaultyRun { try Self.make(samples: 12, epochs: 2) }
    let moment = try run.after(.run)
    #expect(try run.sentence() == Self.expected(sample: 9, row: 1))
    // The last node that ran is the one before; nothing of the loss has.
    #expect(moment.position == Position(step: 3, phase: .forward, node: 0))
    #expect(moment.current == moment.graph.node(named: "fc.linear")?.id)
    #expect(try moment.node("cross_entropy").state.progress == .failed)
    #expect(try moment.inputs(of: "cross_entropy") == ["fc.linear", "y"])
    #expect(try run.looking(at: "y").focus?.values == [2, 3, 1, 2])
    #expect(moment.batch?.samples.map(\.index) == [8, 9, 10, 11])
    // The past is open, and leads back to the error.
    let past = try run.after(.previousStep)
    #expect(past.position == Position(step: 2, phase: .forward, node: 0))
    #expect(run.news.status == .paused)
    #expect(try run.after(.nextPhase).loss != nil)
    let head = try run.after(.seekHead)
    #expect(head.position == moment.position)
    #expect(head.states == moment.states)
    #expect(try run.sentence() == Self.expected(sample: 9, row: 1))
    #expect(run.news.events.filter { $0.kind == .error }.map(\.text) == [Self.expected(sample: 9, row: 1)])
  }

  @Test func aStepThatNobodyWatchedIsRunAgainToShowIt() throws {
    let run = try FaultyRun { try Self.make(samples: 4_000, epochs: 2) }
    let moment = try run.after(.run)
    #expect(try run.sentence() == Self.expected(sample: 3_997, row: 1))
    #expect(moment.position == Position(step: 1_000, phase: .forward, node: 0))
    #expect(try moment.node("cross_entropy").state.progress == .failed)
    #expect(try run.after(.previousStep).position.step == 999)
    #expect(run.news.warnings.isEmpty)
  }

  @Test func theScreenHasTheSentenceAndTheGraph() throws {
    let run = try FaultyRun { try Self.make(samples: 12, epochs: 2) }
    try run.after(.run)
    let box = run.screen()
    #expect(box[1].contains("✗ ERROR"))
    #expect(box.contains { $0.contains("cross_entropy got label 3 at [1]") })
    #expect(box.contains { $0.contains("This is sample 9 of flowers.") })
    let graph = run.screen(.escape)
    #expect(graph[0].contains("FaultyRunTests/LabelOutOfRange.swift:\(Self.line)"))
    #expect(graph.contains { $0.contains("✗ cross_entropy") })
    #expect(graph.contains { $0.contains("  error ") })
    // What would go on says again why it cannot.
    #expect(
      run.screen(.escape, ".").contains {
        $0.contains("The run has stopped just before: look at what has run, or step back.")
      })
  }

  @Test func withoutAScreenTheErrorIsTheSentence() throws {
    let error = #expect(throws: (any Error).self) {
      try HeadlessRun(Self.make(samples: 12, epochs: 2), now: { 0 }).run { _ in }
    }
    #expect(error.map { "\($0)" } == Self.expected(sample: 9, row: 1))
  }

  @Test func anErrorInTheEvaluationSaysSo() throws {
    let run = try FaultyRun {
      var experiment = try Self.make(samples: 12, epochs: 2)
      let table = experiment.trainData.dataset
      experiment.trainData = try DataLoader(Subset(table, indices: Array(0..<8)), batchSize: 4)
      experiment.validationData = try Subset(table, indices: [8, 9])
      return experiment
    }
    let moment = try run.after(.run)
    #expect(
      try run.sentence()
        == "FaultyRunTests/LabelOutOfRange.swift:\(Self.line): cross_entropy got label 3 at [1]; it expects a class "
        + "from 0 to 2. This is sample 1 of the set, number 9 of flowers. This was in the evaluation after epoch 1."
    )
    #expect(moment.position == Position(step: 2, phase: .update, node: 1))
    #expect(try run.after(.previousStep).position.step == 1)
  }
}
