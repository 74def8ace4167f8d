import Arrays
import Trace

/// A recording in memory.
struct TestArchive: RunArchive {
  var rows: [StepScalars] = []
  var states: [StateSnapshot] = []
  var results: [EpochResult] = []
  var happened: [RunEvent] = []
  var batchSize = 4
  var dataHash: UInt64 = 0
  var nodes: [ComputationGraph.Node] = []
  var begun = 1_700_000_000.0
  var parameterNames = ["fc1.weight", "fc1.bias"]
  var preparation: DataPreparation?

  var origin: RunOrigin {
    var description = RunDescription(
      data: "digits", network: "2→1", optimizer: "SGD lr 0.1", batchSize: batchSize, seed: 1, epochs: 1,
      stepsPerEpoch: max(1, rows.count), parameterNames: parameterNames)
    description.preparation = preparation
    return RunOrigin(
      description: description,
      settings: nil, program: "test", machine: "test", dataHash: dataHash, begun: begun)
  }
  var lastStep: Int { rows.count }
  var keyframeSteps: [Int] { states.map(\.step) }

  func keyframe(atOrBefore step: Int) -> StateSnapshot? { states.last { $0.step <= step } }
  func hash(at step: Int) -> UInt64? { nil }
  func graph(at step: Int) -> ComputationGraph? { nodes.isEmpty ? nil : ComputationGraph(nodes: nodes) }
  func scalars(in steps: ClosedRange<Int>, limit: Int) -> [StepScalars] {
    Array(rows.filter { steps.contains($0.step) }.prefix(limit))
  }
  func step(atSeconds seconds: Double) -> Int { rows.last { $0.seconds <= seconds }?.step ?? 1 }
  func epochs() -> [EpochResult] { results }
  func events() -> [RunEvent] { happened }
  func thumbnails(atOrBefore step: Int) -> [Thumbnail] { [] }

  /// So many steps whose loss is one over the step, the third of them NaN.
  static func run(_ count: Int) -> TestArchive {
    var archive = TestArchive()
    archive.rows = (1...count).map { (step: Int) -> StepScalars in
      let loss: Float = step == 3 ? .nan : 1 / Float(step)
      return StepScalars(
        step: step, loss: loss,
        accuracy: step == 2 ? nil : 0.5, learningRate: 0.1, gradientNorms: [2, 0.25],
        seconds: Double(step) / 4)
    }
    archive.states = [
      StateSnapshot(
        step: 2, epochLoss: 0, hash: 7,
        parameters: [
          NamedArray(
            name: "fc1.weight",
            array: RawArray(checkedType: .float32, shape: [1, 2], bytes: [0, 0, 128, 63, 0, 0, 0, 64]))
        ])
    ]
    archive.results = [
      EpochResult(
        epoch: 1, step: count, loss: 0.5, validationLoss: 0.75, trainAccuracy: 0.9,
        validationAccuracy: 0.8, seconds: 2)
    ]
    archive.happened = [
      RunEvent(
        .change, at: Position(step: 2, phase: .update, node: 0), "lr 0.1 → 0.01",
        change: .hyperparameter(name: "lr", value: 0.01))
    ]
    return archive
  }
}

/// All that an export writes.
func written(_ export: (([UInt8]) throws -> Void) throws -> Void) rethrows -> [UInt8] {
  var bytes: [UInt8] = []
  try export { bytes += $0 }
  return bytes
}
