import Autograd
import Datasets
import NN
import Trace
import Training

/// A run with a fault that diagnosis names, and the same run without it.
struct FaultCase: Sendable, CustomStringConvertible {
  let name: String
  /// The rules of which one at least names the fault.
  let rules: Set<String>
  /// Other rules that may find something in it: what the fault leads to.
  let consequences: Set<String>
  /// The line of this file that is named; nil where the fault has none.
  let line: UInt?
  /// Makes the run, with the fault or without.
  let make: @Sendable (_ isFaulty: Bool) throws -> Experiment

  init(
    _ name: String, _ rules: Set<String>, leadsTo consequences: Set<String> = [], line: UInt? = nil,
    make: @escaping @Sendable (_ isFaulty: Bool) throws -> Experiment
  ) {
    (self.name, self.rules, self.consequences, self.line) = (name, rules, consequences, line)
    self.make = make
  }

  var description: String { name }

  /// Runs it without a screen and collects what is found; an error ends it, as it would for a user.
  func findings(isFaulty: Bool) throws -> [Finding] {
    var found: [Finding] = []
    let experiment = try make(isFaulty)
    do {
      try HeadlessRun(experiment, now: { 0 }).run(find: { found += $0 }) { _ in }
    } catch {
      guard isFaulty else { throw error }
    }
    return found
  }
}

/// Samples of three classes in the plane that a small network can tell apart.
func flowers(_ count: Int = 96, classes: Int = 3) throws -> TableDataset {
  var generator = Generator(seed: 7, purpose: .data)
  let centers: [(Float, Float)] = [(1, 1), (-1, 0.5), (0, -1.2)]
  var features: [Float] = []
  let labels = (0..<count).map { $0 % 3 }
  for label in labels {
    features.append(centers[label].0 + Float(generator.uniform() - 0.5))
    features.append(centers[label].1 + Float(generator.uniform() - 0.5))
  }
  return try TableDataset(
    name: "flowers", featureNames: ["a", "b"], features: features,
    targets: .classes(labels, names: (0..<classes).map { "\($0)" }))
}

/// Samples of a plane's height.
func heights(_ count: Int = 64, scale: Float = 1) throws -> TableDataset {
  var generator = Generator(seed: 9, purpose: .data)
  var (features, targets): ([Float], [Float]) = ([], [])
  for _ in 0..<count {
    let (a, b) = (Float(generator.uniform() * 2 - 1), Float(generator.uniform() * 2 - 1))
    features += [a, b * scale]
    targets.append(a - 0.5 * b + 0.25)
  }
  return try TableDataset(
    name: "heights", featureNames: ["a", "b"], features: features, targets: .values(targets))
}

/// Layers of the usual initialization.
func layers(_ sizes: Int..., seed: UInt64 = 3) -> [Linear] {
  var generator = Generator(seed: seed, purpose: .initialization)
  return zip(sizes, sizes.dropFirst()).map { Linear($0, $1, generator: &generator) }
}
