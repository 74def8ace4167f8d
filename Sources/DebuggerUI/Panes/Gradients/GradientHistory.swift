import TerminalUI
import Trace

/// The gradients and updates that each parameter has had in the steps that were shown, the newest last.
struct GradientHistory {
  /// A step that was shown.
  private struct Step {
    let number: Int
    let norms: [String: Float]
    var ratios: [String: Float]
  }

  /// As many steps are remembered.
  private static let capacity = 256
  /// Usual is what the newest of them say.
  private static let recent = 64
  /// From so many on, their median is called usual.
  private static let enough = 5

  private var steps: [Step] = []
  private var shown = Int.max

  /// The median norm of a parameter's gradient in the steps before the one shown; nil where too few are known.
  func usualNorm(of parameter: String) -> Float? {
    let norms = steps.suffix(GradientHistory.recent).compactMap { step in
      step.number < shown ? step.norms[parameter].flatMap { $0.isFinite && $0 > 0 ? $0 : nil } : nil
    }.sorted()
    return norms.count >= GradientHistory.enough ? norms[norms.count / 2] : nil
  }

  /// The norms of a parameter's gradient in the last steps up to the one shown, the newest last; nil in a step without
  /// a gradient.
  func lastNorms(of parameter: String, count: Int) -> [Float?] {
    steps.lazy.filter { $0.number <= shown }.suffix(count).map { $0.norms[parameter] }
  }

  /// The gradients of the step before the one shown, as far as it is known.
  var stepBefore: (number: Int, norms: [String: Float])? {
    steps.last { $0.number < shown }.map { ($0.number, $0.norms) }
  }

  /// A parameter's norms of gradients, or ratios of updates, as points of a curve.
  func points(of parameter: String, _ series: PlotSeries) -> [ChartPoint] {
    steps.compactMap { step in
      (series == .updateRatio ? step.ratios : step.norms)[parameter].map {
        ChartPoint(x: Double(step.number), y: Double($0))
      }
    }
  }

  /// Takes the gradients of a moment in which backward is done.
  mutating func take(_ moment: Moment) {
    shown = moment.position.step
    guard moment.position.phase >= .update else { return }
    let ratios = GradientHistory.values(moment) { $0.updateRatio }
    if let last = steps.last, last.number >= shown {
      // The updates of a step come one after the other.
      if last.number == shown { steps[steps.count - 1].ratios = ratios }
      return
    }
    steps.append(
      Step(number: shown, norms: GradientHistory.values(moment) { $0.gradientNorm }, ratios: ratios))
    if steps.count > GradientHistory.capacity { steps.removeFirst() }
  }

  /// Forgets a future that is dropped.
  mutating func forget(from step: Int) { steps.removeAll { $0.number >= step } }

  private static func values(
    _ moment: Moment, _ value: (ParameterSnapshot) -> Float?
  ) -> [String: Float] {
    Dictionary(
      moment.parameters.compactMap { parameter in value(parameter).map { (parameter.name, $0) } },
      uniquingKeysWith: { $1 })
  }
}
