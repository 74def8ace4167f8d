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

  /// A gradient of a smaller share of its weight is lost in the rounding of single precision, even at a learning rate of 1.
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
    // An optimizer such as Adam makes steps of a usual size of small gradients; and where the steps alone are small, the
    // learning rate is.
    let isLost = share.map { max($0, parameter.updateRatio ?? 0) < GradientHealth.leastShare } ?? false
    self = isLost ? .vanishing : .usual
  }
}
