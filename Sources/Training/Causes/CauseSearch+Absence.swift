import Autograd
import Localization
import Trace

extension CauseSearch {
  /// Why a node does not have the tensor that is asked for, as a sentence.
  static func absence(
    of view: TensorView, _ id: Int, _ reading: TapeReading, at origin: Position, _ names: ModelNames
  ) -> String {
    let node = reading.graph.nodes[id]
    guard node.kind == .parameter, view != .value, origin.phase > .backward,
      let parameter = reading.tensors[id].value
    else {
      return localized("\(node.name) has no \(words(view)) at this moment, so there is nothing to explain.")
    }
    if view == .update, let obstacle = names.obstacle(toTraining: parameter) {
      return localized("\(node.name) is not updated: \(obstacle).")
    }
    guard reading.tensors[id].gradient == nil else {
      return localized("\(node.name) has no \(words(view)) at this moment, so there is nothing to explain.")
    }
    guard parameter.requiresGrad else {
      return localized("\(node.name) does not require a gradient, so backward sends it none.")
    }
    guard let (leaf, source) = reading.detachment(after: id) else {
      return ChangeError.gradientNotSent(name: node.name).description
    }
    return localized("Backward does not reach \(node.name): \(leaf) is \(source), detached from the graph.")
  }
}
