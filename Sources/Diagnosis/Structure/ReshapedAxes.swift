import Localization
import Trace

extension Rule {
  /// A reshape where axes were to be swapped.
  static let reshapedAxes = Rule(
    "reshaped-axes", .structure, summary: { localized("a reshape in place of a permutation of axes") },
    judge: { _ in ReshapedAxes() })
}

/// Looks for reshapes to the shape that a permutation of the axes would have: numbers keep their order in memory, so that rows,
/// samples or colours are mixed.
///
/// Judged are a swap of the first two of three or more axes, and channels of images that go to the last axis or from it. Axes of
/// one size and of size 1 are no evidence.
private struct ReshapedAxes: Judge {
  private static let reshapes: Set<String> = ["view", "reshape"]
  /// In how many steps in a row one was seen.
  private var counts: [String: Int] = [:]

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    var seen: [String: Int] = [:]
    var found: [Finding] = []
    for node in step.graph.nodes where node.kind == .operation && node.isSeen {
      guard ReshapedAxes.reshapes.contains(node.operation), let given = node.inputs.first,
        step.graph.nodes.indices.contains(given)
      else { continue }
      let before = step.graph.nodes[given]
      guard before.kind != .parameter, before.isSeen,
        let order = ReshapedAxes.order(from: before.shape, to: node.shape)
      else { continue }
      seen[node.name] = counts[node.name, default: 0] + 1
      if seen[node.name, default: 0] > 1 { found.append(finding(node, before, order, step)) }
    }
    counts = seen
    return found
  }

  /// The order of axes that was meant; nil where a reshape is what it says.
  private static func order(from old: [Int], to new: [Int]) -> [Int]? {
    guard old.count >= 3, new.count >= 3, old != new else { return nil }
    if old.count == new.count, old[0] > 1, old[1] > 1, new == [old[1], old[0]] + old[2...] {
      return [1, 0] + old.indices.dropFirst(2)
    }
    guard old[0] == new[0] else { return nil }
    switch (old.count, new.count) {
    case (4, 4):
      let channels = old[3]
      let areImages = (2...4).contains(channels) && old[1] > channels && old[2] > channels
      return areImages && new[1...] == [channels, old[1], old[2]] ? [0, 3, 1, 2] : nil
    case (4, 3): return areSwapped(channels: old[1], places: old[2...], with: new[1...]) ? [0, 2, 3, 1] : nil
    case (3, 4): return areSwapped(channels: new[1], places: new[2...], with: old[1...]) ? [0, 2, 1] : nil
    default: return nil
    }
  }

  /// Whether places and channels, `[49, 512]`, are those of an image `[512, 7, 7]` the other way round.
  private static func areSwapped(channels: Int, places: ArraySlice<Int>, with flat: ArraySlice<Int>) -> Bool {
    let count = places.reduce(1, *)
    return channels > 1 && places.allSatisfy { $0 > 1 } && count != channels && flat == [count, channels]
  }

  private func finding(
    _ node: ComputationGraph.Node, _ before: ComputationGraph.Node, _ order: [Int], _ step: StepFacts
  ) -> Finding {
    let axes = order.map(String.init).joined(separator: ", ")
    return Finding(
      rule: Rule.reshapedAxes.name, subject: node.name, severity: .warning,
      what: localized(
        "\(node.name) reshapes \(before.shape.description) to \(node.shape.description), which mixes its rows"
      ),
      evidence: [
        localized("a permutation of the axes by \(axes) has the same shape, and keeps rows together")
      ],
      cause: localized(
        "A reshape keeps numbers in their order in memory: what belongs together, a sample, a colour or a time, is torn apart."
      ),
      remedy: [
        localized(
          "Use permute(\(axes)) or transpose first, and \(node.operation) only on what is in the right order."
        )
      ], location: node.location, position: .end(of: step.step), view: .value)
  }
}
