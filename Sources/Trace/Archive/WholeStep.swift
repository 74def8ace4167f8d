import Arrays

/// A step that was recorded whole: which nodes ran in which order, with all values and gradients for which there was room.
package struct WholeStep: Sendable, Equatable, Codable {
  /// The nodes, and the order in which they ran.
  package var watched: WatchedStep
  /// The tensors, in the nodes' order.
  package var tensors: [KeptTensor]
  /// How many tensors are not there: too large for the recording, or without numbers.
  package var leftOut: Int
  /// Whether it was asked for, by a mark, a breakpoint or an error; others are given up first.
  package var isWanted: Bool

  /// A whole step.
  package init(watched: WatchedStep, tensors: [KeptTensor] = [], leftOut: Int = 0, isWanted: Bool = false) {
    self.watched = watched
    self.tensors = tensors
    self.leftOut = leftOut
    self.isWanted = isWanted
  }

  /// **Units**: bytes of its tensors.
  package var byteCount: Int { tensors.reduce(0) { $0 + $1.array.bytes.count } }
}

/// A tensor of a whole step.
package struct KeptTensor: Sendable, Equatable, Codable {
  /// The node's name.
  package var node: String
  /// Whether it is a value or a gradient.
  package var view: TensorView
  /// Which of several: `output 2`, or what an optimizer remembers, `exp_avg`; nil for the usual one.
  package var part: String?
  /// The first visit of the step after which the node had it.
  package var visit: Int
  /// The type it had in the script, such as `bfloat16`, where that is not the array's.
  package var remark: String?
  /// The numbers.
  package var array: RawArray

  /// A tensor.
  package init(
    node: String, view: TensorView, part: String? = nil, visit: Int, remark: String? = nil, array: RawArray
  ) {
    self.node = node
    self.view = view
    self.part = part
    self.visit = visit
    self.remark = remark
    self.array = array
  }
}

extension [KeptTensor] {
  /// A node's value, gradient or update as it was after a visit; nil where it had none, or it was not recorded.
  ///
  /// An update is the value after it minus the value before.
  package func snapshot(of node: String, _ view: TensorView, part: String? = nil, after visit: Int)
    -> TensorSnapshot?
  {
    let kept = filter {
      $0.node == node && $0.view == (view == .update ? .value : view) && $0.part == part && $0.visit <= visit
    }
    .sorted { $0.visit < $1.visit }
    guard let last = kept.last else { return nil }
    let parts = filter { $0.node == node && $0.visit <= visit }.compactMap(\.part)
    let values = last.array.doubles()
    guard view == .update else {
      var snapshot = TensorSnapshot(
        node: node, view: view, shape: last.array.shape, values: values.map { Float($0) })
      snapshot.remark = last.remark
      (snapshot.part, snapshot.parts) = (part, parts)
      return snapshot
    }
    guard kept.count > 1, case let before = kept[kept.count - 2].array, before.shape == last.array.shape
    else { return nil }
    var snapshot = TensorSnapshot(
      node: node, view: view, shape: last.array.shape,
      values: zip(values, before.doubles()).map { Float($0 - $1) })
    snapshot.parts = parts
    return snapshot
  }
}
