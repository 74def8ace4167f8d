/// What is plotted of a run beside its loss and accuracy: one number of a step.
package enum PlotSeries: Sendable, Hashable, Codable {
  /// The optimizer's learning rate.
  case learningRate
  /// The Euclidean norm of all gradients together, before they are clipped.
  case gradientNorm
  /// The norm of the step's update of all parameters divided by the norm of the parameters.
  case updateRatio
  /// The share of the units behind a ReLU whose output is 0 for every sample of the batch.
  case deadUnits
  /// A measure of a tensor, `norm(fc1.weight.grad)`.
  case measure(Condition.Measure, of: Condition.TensorReference)

  /// The norm of a parameter's gradient, which recordings keep of every step.
  package static func gradientNorm(of parameter: String) -> PlotSeries {
    .measure(.norm, of: Condition.TensorReference(node: parameter, view: .gradient))
  }

  /// The series as it is typed.
  package var text: String {
    switch self {
    case .learningRate: "lr"
    case .gradientNorm: "gradients"
    case .updateRatio: "updates"
    case .deadUnits: "dead"
    case .measure(let measure, let tensor): Condition.Quantity.measure(measure, of: tensor).text
    }
  }

  /// Those with a name of their own.
  package static let named: [PlotSeries] = [.learningRate, .gradientNorm, .updateRatio, .deadUnits]

  /// The parameter whose gradient's norm it is; nil for any other.
  package var gradientNormParameter: String? {
    guard case .measure(.norm, let tensor) = self, tensor.view == .gradient else { return nil }
    return tensor.node
  }

  /// Reads a series as it is typed: one of the names, or a measure as in the condition of a breakpoint.
  ///
  /// - Throws: ``BreakpointSyntaxError``, which says what was expected and where.
  package init(parsing text: String) throws(BreakpointSyntaxError) {
    if let named = PlotSeries.named.first(where: { $0.text == text }) {
      self = named
      return
    }
    var parser = BreakpointParser(text)
    self = try parser.plot()
  }
}

/// The value of a series at a step.
package struct SeriesPoint: Sendable, Equatable, Codable {
  /// What it is a value of.
  package var series: PlotSeries
  /// The step, from 1.
  package var step: Int
  /// The value.
  package var value: Double

  /// A value at a step.
  package init(_ series: PlotSeries, step: Int, value: Double) {
    self.series = series
    self.step = step
    self.value = value
  }
}

extension [SeriesPoint] {
  /// The most points that wait for a screen that does not take them.
  package static let most = 16_384

  /// Leaves out every second point of each series but the newest, where there are too many.
  mutating func limit() {
    while count > Self.most {
      var (isKept, newest): ([PlotSeries: Bool], [PlotSeries: Int]) = ([:], [:])
      for (place, point) in enumerated() { newest[point.series] = place }
      self = enumerated().filter { place, point in
        isKept[point.series, default: false].toggle()
        return isKept[point.series] == false || newest[point.series] == place
      }.map(\.element)
    }
  }
}

/// The norm of all gradients together, from the norms of single ones, among which NaN also stands for a parameter
/// without a gradient.
package struct TotalGradientNorm: Sendable {
  private var hadGradient: [Bool] = []

  /// Nothing is known of the parameters.
  package init() {}

  /// The norm in the next step; nil where no parameter has had a gradient yet. NaN of one that had a gradient before
  /// makes it NaN.
  package mutating func next(_ norms: [Float]) -> Double? {
    if hadGradient.count < norms.count {
      hadGradient += Array(repeating: false, count: norms.count - hadGradient.count)
    }
    var (sum, isKnown) = (0.0, false)
    for (place, norm) in norms.enumerated() {
      if !norm.isNaN { hadGradient[place] = true }
      guard hadGradient[place] else { continue }
      isKnown = true
      sum += Double(norm) * Double(norm)
    }
    return isKnown ? sum.squareRoot() : nil
  }
}

/// The points of a run's recorded numbers that need no tensors.
package struct RecordedSeries: Sendable {
  private var total = TotalGradientNorm()
  private var rate: Float?

  /// No step has been read.
  package init() {}

  /// The learning rate where it has changed, the norm of all gradients, and the wanted norms of single ones.
  package mutating func points(
    of steps: [StepScalars], wanted: [PlotSeries], parameters: [String]
  ) -> [SeriesPoint] {
    let columns = RecordedSeries.columns(of: wanted, parameters)
    var points: [SeriesPoint] = []
    for step in steps {
      if step.learningRate != rate, !step.learningRate.isNaN {
        rate = step.learningRate
        points.append(SeriesPoint(.learningRate, step: step.step, value: step.learningRate.shortest))
      }
      if let norm = total.next(step.gradientNorms) {
        points.append(SeriesPoint(.gradientNorm, step: step.step, value: norm))
      }
      points += RecordedSeries.norms(of: step, columns)
    }
    return points
  }

  /// The wanted norms of single parameters' gradients.
  package static func norms(
    of steps: [StepScalars], wanted: [PlotSeries], parameters: [String]
  ) -> [SeriesPoint] {
    let columns = columns(of: wanted, parameters)
    return columns.isEmpty ? [] : steps.flatMap { norms(of: $0, columns) }
  }

  private static func columns(
    of wanted: [PlotSeries], _ parameters: [String]
  ) -> [(series: PlotSeries, column: Int)] {
    wanted.compactMap { series in
      series.gradientNormParameter.flatMap(parameters.firstIndex).map { (series, $0) }
    }
  }

  private static func norms(
    of step: StepScalars, _ columns: [(series: PlotSeries, column: Int)]
  ) -> [SeriesPoint] {
    columns.compactMap { series, column in
      guard step.gradientNorms.indices.contains(column) else { return nil }
      return SeriesPoint(series, step: step.step, value: Double(step.gradientNorms[column]))
    }
  }
}

extension Float {
  /// The double with the same shortest digits: 0.1 stays 0.1.
  package var shortest: Double { Double(description) ?? Double(self) }
}
