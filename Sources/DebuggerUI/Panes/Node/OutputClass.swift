import Trace

extension DebuggerState {
  /// The name of the class that the chosen cell of the network's output is about; nil for other tensors, and where classes
  /// have only numbers.
  func className(ofCellIn tensor: TensorSnapshot) -> String? {
    guard let names = description?.classNames, names.count > 1, tensor.shape.last == names.count,
      names != names.indices.map(String.init), names.indices.contains(cell.column), tensor.thinning == nil,
      let graph = moment?.graph, let node = graph.node(named: tensor.node), node.kind == .operation
    else { return nil }
    let isOutput = graph.nodes.contains { $0.phase == .loss && $0.inputs.contains(node.id) }
    return isOutput || node.phase == .loss ? names[cell.column].withVisibleControls : nil
  }
}
