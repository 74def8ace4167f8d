import Localization
import Trace

/// Whether a parameter's gradient is of a size that trains it, judged by the parameter's own size and history.
///
/// A norm alone says nothing: 1e−8 trains a weight of 1e−8 well, and 1e4 is harmless where Adam divides by it.
enum GradientHealth: Equatable {
  case usual
  case vanishing
  case exploding
  case broken

  /// What the pane calls it.
  var word: String {
    switch self {
    case .usual: ""
    case .vanishing: localized("vanishing")
    case .exploding: localized("exploding")
    case .broken: localized("broken")
    }
  }

  /// An update of a smaller share of a weight is lost in the rounding of single precision.
  private static let leastShare = Float.ulpOfOne / 2
  /// Where nothing is known of its history, a gradient may be this many times its weight.
  private static let greatestShare: Float = 1e3
  /// How many times greater or smaller than usual is sudden.
  private static let jump: (fall: Float, rise: Float) = (1e3, 1e2)

  /// The health of a parameter's gradient, whose norm has been `usual` in steps before; nil where too few are known.
  init(_ parameter: ParameterSnapshot, usual: Float?) {
    guard let norm = parameter.gradientNorm, norm != 0 else {
      self = .usual
      return
    }
    guard norm.isFinite else {
      self = norm.isNaN ? .broken : .exploding
      return
    }
    // The weight as it was, where an update has made it large.
    let size = (parameter.weightNorm - (parameter.updateNorm ?? 0)).magnitude
    let share = size > 0 ? norm / size : nil
    if let usual, usual > 0 {
      if norm > usual * GradientHealth.jump.rise {
        self = .exploding
        return
      }
      if norm < usual / GradientHealth.jump.fall {
        self = .vanishing
        return
      }
    } else if let share, share > GradientHealth.greatestShare {
      self = .exploding
      return
    }
    // An optimizer such as Adam makes steps of a usual size of small gradients.
    let change = parameter.updateRatio ?? share
    self = change.map { $0 < GradientHealth.leastShare } ?? false ? .vanishing : .usual
  }
}

/// The norms that each parameter's gradient has had in the steps that were shown, the newest last.
struct GradientHistory {
  /// As many steps are remembered.
  private static let capacity = 64
  /// From so many on, their median is called usual.
  private static let enough = 5

  private var steps: [(step: Int, norms: [String: Float])] = []
  private var shown = Int.max

  /// The median norm of a parameter's gradient in the steps before the one shown; nil where too few are known.
  func usualNorm(of parameter: String) -> Float? {
    let norms = steps.compactMap { $0.step < shown ? $0.norms[parameter] : nil }.sorted()
    return norms.count >= GradientHistory.enough ? norms[norms.count / 2] : nil
  }

  /// Takes the gradients of a moment in which backward is done.
  mutating func take(_ moment: Moment) {
    shown = moment.position.step
    guard moment.position.phase >= .update, shown > steps.last?.step ?? 0 else { return }
    let norms = moment.parameters.compactMap { parameter in
      parameter.gradientNorm.flatMap { $0.isFinite && $0 > 0 ? (parameter.name, $0) : nil }
    }
    steps.append((shown, Dictionary(norms, uniquingKeysWith: { $1 })))
    if steps.count > GradientHistory.capacity { steps.removeFirst() }
  }

  /// Forgets a future that is dropped.
  mutating func forget(from step: Int) { steps.removeAll { $0.step >= step } }
}
