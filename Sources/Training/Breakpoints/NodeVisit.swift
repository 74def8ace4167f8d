import Autograd
import Localization
import Trace

/// A node that has just run, with the tape on which it is the last entry.
struct NodeVisit {
  let position: Position
  let tape: Tape
  /// Whether the step's loss is computed with it.
  var completesLoss = false

  /// The forward node that has run; nil in other phases.
  var forward: Tape.Forward? {
    position.phase == .forward || position.phase == .loss ? tape.forward.last : nil
  }

  /// The node that has run in backward.
  var backward: Tape.Backward? { position.phase == .backward ? tape.backward.last : nil }

  /// The update that has been made.
  var update: Tape.Update? { position.phase == .update ? tape.updates.last : nil }

  /// The tensors that have just been computed, each with what it is.
  var results: [Result] {
    if let forward { return [Result(what: .value, tensor: forward.output)] }
    if let update { return [Result(what: .weight, tensor: update.parameter)] }
    // The batch is new once: no later phase without a node of its own has computed it.
    if position.phase == .batch {
      return [(tape.batch?.inputs, Result.What.data), (tape.batch?.targets, .targets)].compactMap {
        tensor, what in
        tensor.map { Result(what: what, tensor: $0) }
      }
    }
    guard let backward else { return [] }
    let contributions = backward.contributions.compactMap { tensor in
      tensor.map { Result(what: .contribution, tensor: $0) }
    }
    return [Result(what: .upstream, tensor: backward.upstream)] + contributions
  }

  /// A tensor that has just been computed.
  struct Result {
    /// What it is, in a sentence's words.
    enum What {
      case value, weight, data, targets, upstream, contribution

      var words: String {
        switch self {
        case .value: localized("the output")
        case .weight: localized("the updated weight")
        case .data: localized("the data")
        case .targets: localized("the targets")
        case .upstream: localized("the gradient")
        case .contribution: localized("the gradient that is passed on")
        }
      }
    }

    let what: What
    let tensor: Tensor
  }

  /// Whether the node has sent gradient to a tensor.
  func sendsGradient(to tensor: Tensor) -> Bool {
    guard let backward else { return false }
    let inputs = backward.node.inputs
    for place in 0..<min(inputs.count, backward.contributions.count) {
      if inputs[place] === tensor { return backward.contributions[place] != nil }
    }
    return false
  }
}
