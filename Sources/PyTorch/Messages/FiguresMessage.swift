import Trace

/// How well a script predicts.
package struct FiguresMessage: Sendable {
  struct Header: Decodable {
    let part: String
    let kind: String
    let width: Int
    let samples: Int
    var firstStep: Int?
    var step: Int?
    var source: String?
  }

  /// The numbers that are sent of one of the worst samples.
  private static let columns = 5

  let figures: PredictionFigures

  /// The figures that the arrays hold.
  ///
  /// - Throws: ``ProbeError/broken(_:)`` where they do not fit the header.
  init(_ header: Header, _ arrays: ProbeArrays) throws(ProbeError) {
    guard let part = PredictionFigures.Part(rawValue: header.part),
      let content = FiguresMessage.content(header, arrays)
    else { throw .broken("figures that do not fit one another") }
    let firstStep = MomentMessage.bounded(header.firstStep ?? 0, from: 0)
    figures = PredictionFigures(
      part: part, step: MomentMessage.bounded(header.step ?? 0, from: 0),
      firstStep: firstStep == 0 ? nil : firstStep,
      sampleCount: MomentMessage.bounded(header.samples, from: 0), content: content,
      worst: FiguresMessage.worst(header, arrays, isTrained: firstStep > 0),
      source: header.source.map { String($0.prefix(80)) })
  }

  private static func content(_ header: Header, _ arrays: ProbeArrays) -> PredictionFigures.Content? {
    let (width, counts) = (header.width, arrays.integers("counts"))
    guard (1...1 << 24).contains(width) else { return nil }
    switch header.kind {
    case "classes" where width <= ClassFigures.mostInMatrix:
      guard counts.count == width * width + 1 else { return nil }
      var figures = ClassFigures(matrix: counts.dropLast(), classCount: width)
      figures?.unlabelledCount = MomentMessage.bounded(counts[width * width], from: 0)
      return figures.map { .classes($0) }
    case "classes":
      guard counts.count == 3 * width + 1 else { return nil }
      return ClassFigures(
        support: Array(counts[..<width]), predicted: Array(counts[width..<2 * width]),
        correct: Array(counts[2 * width..<3 * width])
      ).map { .classes($0) }
    case "labels":
      guard counts.count == 3 * width + 1 else { return nil }
      return LabelFigures(
        truePositives: Array(counts[..<width]), falsePositives: Array(counts[width..<2 * width]),
        falseNegatives: Array(counts[2 * width..<3 * width]), sampleCount: header.samples,
        exactCount: counts[3 * width]
      ).map { .labels($0) }
    case "numbers":
      let (sums, numbers) = (arrays.doubles("sums"), arrays.floats("pairs"))
      guard sums.count == 8 else { return nil }
      var all = RegressionFigures.Sums()
      (all.count, all.residual, all.magnitude) = (whole(sums[0]), sums[1], sums[2])
      (all.square, all.target, all.targetSquare, all.origin) = (sums[3], sums[4], sums[5], sums[7])
      let pairs = stride(from: 0, to: numbers.count - 1, by: 2).map {
        RegressionFigures.Pair(target: numbers[$0], output: numbers[$0 + 1])
      }
      return .numbers(
        RegressionFigures(
          all, pairs: pairs.filter { $0.residual.isFinite }, nonFiniteCount: whole(sums[6])))
    default: return nil
    }
  }

  private static func worst(_ header: Header, _ arrays: ProbeArrays, isTrained: Bool) -> [WorstSample] {
    let (losses, columns) = (arrays.doubles("worstLoss"), arrays.floats("worst"))
    guard columns.count == losses.count * self.columns else { return [] }
    // A sample without a class has a loss below zero here.
    return losses.indices.prefix(WorstSamples.most).filter { !(losses[$0] < 0) || header.kind == "numbers" }
      .map { index in
        let known = columns[index * self.columns..<(index + 1) * self.columns].map(\.self)
        let place = whole(Double(known[3]))
        var sample = BatchSnapshot.Sample(index: isTrained ? 0 : place, label: nil, values: [])
        switch header.kind {
        case "classes":
          (sample.label, sample.prediction) = (whole(Double(known[0])), whole(Double(known[1])))
          sample.probability = known[2]
        case "numbers" where header.width == 1: (sample.target, sample.output) = (known[0], known[1])
        default: break
        }
        return WorstSample(
          loss: losses[index], sample: sample, step: isTrained ? place : nil, row: whole(Double(known[4])))
      }
  }

  /// A whole number that came as a number; 0 for none.
  private static func whole(_ number: Double) -> Int {
    number.isFinite ? Int(min(max(0, number), 1e15)) : 0
  }
}
