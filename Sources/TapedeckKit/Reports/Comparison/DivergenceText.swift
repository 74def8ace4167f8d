import Localization
import Numbers
import TerminalUI
import Trace
import Training

/// Where two runs diverge, in words.
struct DivergenceText {
  private let divergence: Divergence
  private let lasts: (left: Int, right: Int)

  /// The text for two runs that were recorded up to these steps.
  init(_ divergence: Divergence, lasts: (left: Int, right: Int)) {
    self.divergence = divergence
    self.lasts = lasts
  }

  /// The step in which they diverge; where that is not known, the first in which they may.
  var step: Int? {
    switch divergence {
    case .nowhere, .nowhereInNumbers, .nothingInCommon: nil
    case .beginning(let step, _), .node(let step, _, _): step
    case .steps(let steps, _): steps.lowerBound
    }
  }

  /// The place and the sentence as a JSON object.
  var json: JSON {
    var (phase, found, last, reasons): (Phase?, Divergence.Difference?, Int?, [String]) = (nil, nil, step, [])
    switch divergence {
    case .nowhere, .nowhereInNumbers, .nothingInCommon: break
    case .steps(let steps, let reason): (last, reasons) = (steps.upperBound, [reason])
    case .beginning(_, let difference): found = difference
    case .node(_, let place, let difference): (phase, found) = (place, difference)
    }
    return JSON([
      "step": step, "lastStep": last, "phase": phase?.name, "node": found?.node, "tensor": found?.part,
      "firstNorm": found?.norms.left, "secondNorm": found?.norms.right, "notes": found?.notes ?? reasons,
      "sentence": sentence,
    ])
  }

  var sentence: String {
    switch divergence {
    case .nowhere(let last):
      if lasts.left == lasts.right { return localized("They are the same to the bit through step \(last).") }
      return lasts.left > lasts.right
        ? localized(
          "They are the same to the bit through step \(last); the first continues to step \(lasts.left).")
        : localized(
          "They are the same to the bit through step \(last); the second continues to step \(lasts.right).")
    case .nowhereInNumbers(let last):
      return localized(
        """
        The recorded losses and gradient norms are the same through step \(last); no step has a hash of its parameters in \
        both files, so the parameters were not compared.
        """) + rest
    case .nothingInCommon: return localized("They have no step in common, so there is nothing to compare.")
    case .beginning(let step, let difference):
      return step == 1
        ? localized("They begin with different parameters: \(words(difference)).")
        : localized("They differ already at the start of step \(step): \(words(difference)).")
    case .node(let step, .batch, let difference):
      return localized("They diverge in step \(step), at the batch: \(words(difference)).")
    case .node(let step, let phase, let difference):
      return localized(
        "They diverge in step \(step), in \(phase.name) of \(difference.node): \(words(difference)).")
    case .steps(let steps, let reason):
      return steps.count == 1
        ? localized("They diverge in step \(steps.lowerBound); the node is not known: \(reason)")
        : localized("They diverge in one of the steps \(steps.lowerBound) to \(steps.upperBound): \(reason)")
    }
  }

  /// What one of two runs without hashes has beyond the other, in a sentence after another.
  private var rest: String {
    guard lasts.left != lasts.right else { return "" }
    return " "
      + (lasts.left > lasts.right
        ? localized("The first continues to step \(lasts.left).")
        : localized("The second continues to step \(lasts.right)."))
  }

  private func words(_ difference: Divergence.Difference) -> String {
    let isNamed = difference.part != "value"
    var words: [String] = []
    if let left = difference.norms.left, let right = difference.norms.right {
      words.append(
        (isNamed ? "\(difference.part), " : owner(difference)) + localized("norm \(pair(left, right))"))
    } else if isNamed {
      words.append(difference.part)
    }
    return (words + difference.notes).joined(separator: "; ")
  }

  private func owner(_ difference: Divergence.Difference) -> String {
    switch divergence {
    case .beginning, .node(_, .batch, _): "\(difference.node), "
    default: ""
    }
  }

  /// Two norms with as many digits as it takes to tell them apart.
  private func pair(_ left: Double, _ right: Double) -> String {
    for digits in 3...9 {
      let texts = [left, right].map { NumberText.significant($0, digits: digits) }
      if texts[0] != texts[1] { return localized("\(texts[0]) against \(texts[1])") }
    }
    return localized("\(NumberText.significant(left, digits: 9)) in both, but not the same bits")
  }
}
