extension OperatorCall {
  /// The call, as a script or a file has it, with impossible shapes and control characters taken out.
  package var checked: OperatorCall {
    OperatorCall(
      node: node, operation.withVisibleControls,
      arguments.map { Argument($0.name?.withVisibleControls, $0.value.checked) },
      results: results.map(\.checked))
  }
}

extension OperatorCall.Tensor {
  fileprivate var checked: OperatorCall.Tensor {
    OperatorCall.Tensor(
      node: max(0, node), output: max(0, output), shape: PossibleShape.of(shape),
      dtype: dtype.withVisibleControls)
  }
}

extension OperatorCall.Value {
  fileprivate var checked: OperatorCall.Value {
    switch self {
    case .tensor(let tensor): .tensor(tensor.checked)
    case .list(let parts): .list(parts.map(\.checked))
    case .text(let text): .text(text.withVisibleControls)
    case .other(let word): .other(word.withVisibleControls)
    case .type(let word): .type(word.withVisibleControls)
    case .slice(let bounds): .slice(bounds.map(\.checked))
    case .none, .flag, .whole, .number, .ellipsis: self
    }
  }
}
