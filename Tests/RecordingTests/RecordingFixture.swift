import Arrays
import Foundation
import Recording
import Trace

/// A folder for one test; it goes with this.
final class ScratchFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "recording-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String = "run.tapedeck") -> String { url.appending(path: name).path() }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path())) ?? []).sorted()
  }
}

/// Numbers that look like a run's, the same for a seed.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

/// Records of a small run.
enum Sample {
  static func origin(epochs: Int = 4, stepsPerEpoch: Int = 100) -> RunOrigin {
    RunOrigin(
      description: RunDescription(
        data: "digits", network: "64→8→10", optimizer: "SGD lr 0.1", batchSize: 64, seed: .max,
        epochs: epochs,
        stepsPerEpoch: stepsPerEpoch, parameterNames: ["fc1.weight", "fc1.bias"],
        classNames: ["0", "1"]),
      settings: #"{"lr":0.1}"#, program: "0.1.0", machine: "a machine", dataHash: .max - 3,
      begun: 1_700_000_000.25)
  }

  static func scalars(_ step: Int, norms: Int = 2) -> StepScalars {
    var dice = Dice(seed: UInt64(step))
    let loss = 2 / Float(step).squareRoot() + Float.random(in: 0..<0.1, using: &dice)
    return StepScalars(
      step: step, loss: loss, accuracy: step % 5 == 0 ? nil : Float(step % 64) / 64,
      learningRate: 0.1, gradientNorms: (0..<norms).map { _ in Float.random(in: 0..<2, using: &dice) },
      seconds: Double(step) * 0.001 + Double.random(in: 0..<0.0005, using: &dice))
  }

  static func array(_ name: String, _ shape: [Int], seed: Int, dtype: ElementType = .float32) -> NamedArray {
    var dice = Dice(seed: UInt64(seed))
    let count = shape.reduce(1, *)
    let bytes: [UInt8] =
      switch dtype {
      case .float64: storedBytes((0..<count).map { _ in Double.random(in: -1..<1, using: &dice) })
      case .int64: storedBytes((0..<count).map { _ in Int64.random(in: 0..<10, using: &dice) })
      case .bool: (0..<count).map { _ in UInt8.random(in: 0...1, using: &dice) }
      default: storedBytes((0..<count).map { _ in Float.random(in: -0.1..<0.1, using: &dice) })
      }
    return NamedArray(name: name, array: RawArray(checkedType: dtype, shape: shape, bytes: bytes))
  }

  static func keyframe(_ step: Int, width: Int = 8) -> StateSnapshot {
    StateSnapshot(
      step: step, epochLoss: Double(step) * 1.5, hash: UInt64(step) << 60 | 7,
      parameters: [
        array("fc1.weight", [width, 64], seed: step), array("fc1.bias", [width], seed: step + 1),
      ],
      buffers: [array("bn.count", [], seed: step, dtype: .int64)],
      optimizer: [array("fc1.weight.momentum", [width, 64], seed: step + 2, dtype: .float64)],
      gradients: [array("mask", [3, 3], seed: step, dtype: .bool)],
      settings: ["lr": 0.1, "momentum": 0.9, "odd": .infinity], zeroGrad: step % 2 == 0,
      batch: StateSnapshot.BatchArrays(
        indices: [3, 1, 4], inputs: array("x", [3, 64], seed: step),
        targets: array("y", [3], seed: step, dtype: .int64)))
  }

  static func graph(_ width: Int = 8) -> ComputationGraph {
    ComputationGraph(nodes: [
      .init(id: 0, name: "x", operation: "x", kind: .input, shape: [3, 64], phase: .batch),
      .init(
        id: 1, name: "fc1.weight", operation: "weight", kind: .parameter, group: "fc1", shape: [width, 64]),
      .init(
        id: 2, name: "fc1.linear", operation: "linear", kind: .operation, group: "fc1", shape: [3, width],
        inputs: [0, 1], location: "Model.swift:12"),
    ])
  }

  static func thumbnails(_ step: Int) -> [Thumbnail] {
    var dice = Dice(seed: UInt64(step))
    return TensorView.allCases.map { view in
      Thumbnail(
        node: "fc1.weight", view: view, shape: [8, 64], rows: 8, columns: 32,
        levels: (0..<256).map { _ in UInt8.random(in: 0...255, using: &dice) }, minimum: -1,
        maximum: view == .update ? .nan : 2.5)
    }
  }

  /// A step with all its values: a weight before and after its update, an operator's value and gradient.
  static func wholeStep(_ step: Int, width: Int = 8, isWanted: Bool = false) -> WholeStep {
    let nodes = graph(width).nodes
    let visits: [WatchedStep.Visit] = [
      .init(phase: .batch, node: -1), .init(phase: .forward, node: 2), .init(phase: .backward, node: 2),
      .init(phase: .update, node: 1),
    ]
    func tensor(_ node: String, _ view: TensorView, _ shape: [Int], visit: Int, part: String? = nil)
      -> KeptTensor
    {
      KeptTensor(
        node: node, view: view, part: part, visit: visit, remark: part == nil ? nil : "float64",
        array: array(node, shape, seed: step + visit).array)
    }
    return WholeStep(
      watched: WatchedStep(
        step: step, nodes: nodes, visits: visits,
        states: nodes.map { _ in NodeState(progress: .backward, valueNorm: 1, gradientNorm: .nan) },
        parameters: [
          ParameterSnapshot(name: "fc1.weight", weightNorm: 2, gradientNorm: 1, updateRatio: 0.5)
        ],
        loss: 0.5, optimizer: "SGD lr 0.1"),
      tensors: [
        tensor("fc1.weight", .value, [width, 64], visit: 0),
        tensor("fc1.weight", .value, [width, 64], visit: 3),
        tensor("fc1.weight", .value, [width, 64], visit: 3, part: "momentum_buffer"),
        tensor("fc1.linear", .value, [3, width], visit: 1),
        tensor("fc1.linear", .gradient, [3, width], visit: 2),
      ], leftOut: 2, isWanted: isWanted)
  }

  /// A run of so many steps, with a keyframe every 20.
  static func run(_ count: Int) -> [RunRecord] {
    var records: [RunRecord] = [.origin(origin()), .graph(step: 1, graph())]
    for step in 1...count {
      if step % 20 == 1 { records.append(.keyframe(keyframe(step))) }
      if step % 8 == 1 { records.append(.hash(step: step, UInt64(step) << 60 | 7)) }
      if step % 25 == 0 { records.append(.thumbnails(step: step, thumbnails(step))) }
      records.append(.scalars(scalars(step)))
    }
    return records
  }
}

/// A writer that writes only when it is told.
func quietWriter(
  _ path: String, budget: Int = 64 << 20, existing: RecordingWriter.Existing = .refuse
) throws -> RecordingWriter {
  var options = RecordingWriter.Options()
  (options.budget, options.existing, options.writeDelay) = (budget, existing, nil)
  return try RecordingWriter(path: path, options: options)
}
