/// Operators that move cells and leave their numbers as they are.
extension CellRule {
  /// The same cells in the same order.
  static let same = CellRule { _, cell in
    CellOperands(.function, [.input(0, cell)])
  } gradient: { _, _, cell in
    CellOperands(.products, [.upstream(cell)])
  }

  /// Cells that are moved; where to, the operator itself tells when it is run on cell numbers.
  static let moved = CellRule { call, cell in
    guard let origins = call.moved(numbered(call.inputs)), origins.indices.contains(cell) else { return nil }
    return owner(of: origins[cell], call).map { CellOperands(.function, [.input($0.input, $0.cell)]) }
  } gradient: { call, input, cell in
    guard let origins = call.moved(numbered(call.inputs)) else { return nil }
    let start = call.inputs[..<input].reduce(0) { $0 + $1.elementCount }
    return CellOperands(
      .products, origins.indices.filter { origins[$0] == start + cell }.map { .upstream($0) })
  }

  /// Cells that indices pick.
  static let picked = CellRule { call, cell in
    guard let origins = call.moved(numbered([call.inputs[0]]) + [call.inputs[1]]),
      origins.indices.contains(cell)
    else { return nil }
    return CellOperands(.function, [.input(0, origins[cell])])
  } gradient: { call, input, cell in
    guard input == 0, let origins = call.moved(numbered([call.inputs[0]]) + [call.inputs[1]]) else {
      return nil
    }
    return CellOperands(.products, origins.indices.filter { origins[$0] == cell }.map { .upstream($0) })
  }

  /// Tensors of the same shapes whose cells are numbered consecutively.
  private static func numbered(_ tensors: [Tensor]) -> [Tensor] {
    var start = 0
    return tensors.map { tensor in
      let places = Tensor.empty(tensor.shape, .int64)
      for cell in 0..<tensor.elementCount { places.pointer(Int64.self)[cell] = Int64(start + cell) }
      start += tensor.elementCount
      return places
    }
  }

  private static func owner(of number: Int, _ call: CellCall) -> (input: Int, cell: Int)? {
    var start = 0
    for (input, tensor) in call.inputs.enumerated() {
      if number < start + tensor.elementCount { return (input, number - start) }
      start += tensor.elementCount
    }
    return nil
  }
}
