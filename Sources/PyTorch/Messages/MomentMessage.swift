import Trace

/// The current position of the run and its numbers.
package struct MomentMessage: Sendable {
  struct Header: Decodable {
    let status: String
    let position: Place
    var node: Int?
    var isWatched: Bool?
    var optimizers: [OptimizerMessage]?
    var hits: [Hit]?
  }

  /// A position in the probe's words.
  struct Place: Decodable, Sendable {
    let step: Int
    var phase: String?
    var node: Int?
    var visit: Int?
  }

  /// A breakpoint that stopped the run.
  struct Hit: Decodable, Sendable {
    let breakpoint: Int
    var text: String?
    var measured: String?
  }

  /// What a moment is sent for.
  enum Status: Sendable {
    case running, paused, recorded
    /// The script has failed.
    case halted
    /// The script has ended.
    case ended
  }

  let status: Status
  let position: Position
  /// The place of the visit that has just run.
  let visit: Int
  let node: Int?
  let isWatched: Bool
  let optimizer: String?
  let hits: [Hit]
  let loss: Float?
  /// How far each node has come, as far as they have run; the probe's numbers.
  let progress: [Int]
  let valueNorms: [Float]
  let gradientNorms: [Float]
  /// How the values of some nodes are spread, by the nodes' numbers.
  let sketches: [Int: ValueSketch]
  /// Of each parameter, in the model's order.
  let parameterNorms: (weight: [Float], gradient: [Float], updateRatio: [Float], update: [Float])

  init(_ header: Header, _ arrays: ProbeArrays) {
    status =
      switch header.status {
      case "paused": .paused
      case "halted": .halted
      case "ended": .ended
      case "recorded": .recorded
      default: .running
      }
    let place = header.position
    position = Position(
      step: MomentMessage.bounded(place.step, from: 1),
      phase: Phase.allCases.first { $0.name == place.phase } ?? .batch,
      node: MomentMessage.bounded(place.node ?? 0, from: 0))
    visit = MomentMessage.bounded(place.visit ?? 0, from: 0)
    node = header.node
    isWatched = header.isWatched ?? false
    let optimizers = (header.optimizers ?? []).map(\.text)
    optimizer = optimizers.isEmpty ? nil : optimizers.joined(separator: ", ")
    hits = header.hits ?? []
    loss = arrays.doubles("loss").first.map { Float($0) }
    progress = arrays.integers("progress")
    valueNorms = arrays.floats("valueNorms")
    gradientNorms = arrays.floats("gradientNorms")
    sketches = MomentMessage.sketches(arrays)
    parameterNorms = (
      arrays.floats("parameterWeightNorms"), arrays.floats("parameterGradientNorms"),
      arrays.floats("parameterUpdateRatios"), arrays.floats("parameterUpdateNorms")
    )
  }

  private static func sketches(_ arrays: ProbeArrays) -> [Int: ValueSketch] {
    let (nodes, ends) = (arrays.integers("sketchNode"), arrays.floats("sketchRange"))
    let (bins, width) = (arrays.integers("sketchBins"), ValueSketch.binCount)
    guard ends.count == 2 * nodes.count, bins.count == width * nodes.count else { return [:] }
    return Dictionary(
      nodes.enumerated().compactMap { place, node in
        let (low, high) = (ends[2 * place], ends[2 * place + 1])
        guard low <= high, low.isFinite, high.isFinite else { return nil }
        let own = bins[place * width..<(place + 1) * width].map { UInt8(clamping: $0) }
        return (node, ValueSketch(low: low, high: high, bins: SIMD8(own)))
      },
      uniquingKeysWith: { first, _ in first })
  }

  /// A number from the probe, limited to a range in which sums cannot overflow.
  static func bounded(_ number: Int, from least: Int) -> Int { min(max(least, number), 1 << 53) }
}
