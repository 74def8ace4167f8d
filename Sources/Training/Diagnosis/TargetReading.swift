import Autograd
import Trace

/// What diagnosis needs to know of the inputs and the targets of a batch.
enum TargetReading {
  /// The most classes that are counted one by one.
  private static let mostClasses = 10_000

  /// The targets of a batch, with the predictions of a model's output where both are of classes.
  static func facts(of targets: Tensor, output: Tensor?) -> TargetFacts? {
    guard targets.elementCount > 0 else { return nil }
    let scores = output.flatMap { $0.rank == 2 && $0.dtype.isFloatingPoint && $0.shape[1] > 1 ? $0 : nil }
    guard targets.dtype == .int64, targets.rank == 1, let scores, scores.shape[0] == targets.shape[0] else {
      guard let numbers = TensorStatistics(of: targets) else { return nil }
      var facts = TargetFacts(
        shape: Array(targets.shape), areClasses: false, minimum: Double(numbers.minimum),
        maximum: Double(numbers.maximum))
      (facts.mean, facts.deviation) = (numbers.mean, numbers.deviation)
      return facts
    }
    let labels = targets.integers()
    let classes = scores.shape[1]
    var facts = TargetFacts(
      shape: Array(targets.shape), areClasses: true, classCount: classes,
      minimum: Double(labels.min() ?? 0), maximum: Double(labels.max() ?? 0))
    guard classes <= mostClasses else { return facts }
    facts.counts = [Int](repeating: 0, count: classes)
    facts.mispredicted = facts.counts
    let values: [Float] = scores.array()
    for (row, label) in labels.enumerated() where facts.counts.indices.contains(label) {
      facts.counts[label] += 1
      let best = (row * classes..<(row + 1) * classes).max { values[$0] < values[$1] } ?? 0
      if best - row * classes != label { facts.mispredicted[label] += 1 }
    }
    return facts
  }

  /// The model's inputs of a batch.
  static func facts(of inputs: Tensor, areImages: Bool) -> InputFacts? {
    guard let statistics = TensorStatistics(of: inputs) else { return nil }
    var facts = InputFacts(statistics: statistics, areImages: areImages)
    guard !areImages, inputs.rank == 2, inputs.shape[0] > 1, inputs.shape[1] > 0 else { return facts }
    let (rows, columns) = (inputs.shape[0], inputs.shape[1])
    let values: [Float] = inputs.array()
    var (sums, squares) = ([Double](repeating: 0, count: columns), [Double](repeating: 0, count: columns))
    for row in 0..<rows {
      for column in 0..<columns { sums[column] += Double(values[row * columns + column]) }
    }
    for row in 0..<rows {
      for column in 0..<columns {
        let distance = Double(values[row * columns + column]) - sums[column] / Double(rows)
        squares[column] += distance * distance
      }
    }
    let features = (0..<columns).map {
      InputFacts.Feature(
        place: $0, mean: Float(sums[$0] / Double(rows)),
        deviation: Float((squares[$0] / Double(rows)).squareRoot()))
    }.filter { $0.deviation > 1e-12 }
    facts.narrowest = features.min { $0.deviation < $1.deviation }
    facts.widest = features.max { $0.deviation < $1.deviation }
    facts.farthest = features.max {
      $0.mean.magnitude / $0.deviation < $1.mean.magnitude / $1.deviation
    }
    facts.smallestDeviation = facts.narrowest?.deviation
    facts.largestDeviation = facts.widest?.deviation
    return facts
  }

  /// Whether every row of a matrix is of probabilities: no number below 0, and a sum of 1 but for rounding.
  static func hasRowsOfProbabilities(_ tensor: Tensor) -> Bool {
    guard tensor.rank == 2, tensor.shape[1] > 1, tensor.shape[0] > 0, tensor.dtype.isFloatingPoint else {
      return false
    }
    let (columns, values) = (tensor.shape[1], tensor.array(Float.self))
    for start in stride(from: 0, to: values.count, by: columns) {
      var sum: Float = 0
      for place in start..<start + columns {
        guard values[place] >= 0 else { return false }
        sum += values[place]
      }
      guard (sum - 1).magnitude < 1e-4 else { return false }
    }
    return true
  }
}
