import Localization

extension OperatorInfo {
  /// A choice between two tensors by a condition.
  package static let `where` = OperatorInfo(
    "where", Sentence("y = a where the condition holds, else b"), Sentence("g goes to the value chosen"),
    cells: .chosen,
    reasons: .selection,
    samples: GradientSample([2, 3], [3]) {
      try Tensor.where(Tensor([1, -1, 1]) .> 0, $0[0], $0[1])
    })
}

/// The first value where the condition holds, else the second; the gradient goes to the value chosen.
struct Where: Operator {
  var info: OperatorInfo { .where }
  var saved: SavedValues { .inputs }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let (condition, a, b, pool) = (inputs[0], inputs[1], inputs[2], call.context.pool)
    guard condition.dtype == .bool else {
      throw call.typeError(inputs, expected: localized("a bool condition, then two tensors"))
    }
    let dtype = DType.promoting(a, b)
    let values = try call.broadcast(a.shape, b.shape, dtype, inputs)
    let shape = try call.broadcast(condition.shape, values, dtype, inputs)
    let mask = condition.expanded(to: shape).packed(pool: pool)
    func picked(_ x: Tensor) -> Tensor {
      Kernels.convert(x, to: dtype, pool: pool).expanded(to: shape).packed(pool: pool)
    }
    let (first, second) = (picked(a), picked(b))
    let result = Tensor.empty(shape, dtype, pool: pool)
    switch dtype {
    case .float32: Kernels.choose(mask, first, second, result, Float.self)
    case .float64: Kernels.choose(mask, first, second, result, Double.self)
    case .int64: Kernels.choose(mask, first, second, result, Int64.self)
    case .bool: Kernels.choose(mask, first, second, result, Bool.self)
    }
    return result
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let pool = call.context.pool
    let mask = node.inputs[0].expanded(to: upstream.shape).packed(pool: pool)
    let incoming = upstream.packed(pool: pool)
    let zero = Tensor.empty(upstream.shape, upstream.dtype, pool: pool)
    zero.fillStorage(with: 0)
    func share(_ input: Int, _ first: Tensor, _ second: Tensor) -> Tensor? {
      guard node.needsGradient(input) else { return nil }
      let result = Tensor.empty(upstream.shape, upstream.dtype, pool: pool)
      if upstream.dtype == .float32 {
        Kernels.choose(mask, first, second, result, Float.self)
      } else {
        Kernels.choose(mask, first, second, result, Double.self)
      }
      return Kernels.sum(result, to: node.inputs[input].shape, pool: pool)
    }
    return [nil, share(1, incoming, zero), share(2, zero, incoming)]
  }
}

extension Kernels {
  /// a where the mask holds, else b, for contiguous tensors of one shape.
  static func choose<S: Scalar>(_ mask: Tensor, _ a: Tensor, _ b: Tensor, _ result: Tensor, _ type: S.Type) {
    let (chosen, first, second) = (mask.pointer(Bool.self), a.pointer(S.self), b.pointer(S.self))
    let target = result.pointer(S.self)
    for index in 0..<result.elementCount { target[index] = chosen[index] ? first[index] : second[index] }
  }
}

extension Tensor {
  /// `a` where `condition` holds, else `b`; PyTorch's `torch.where`.
  ///
  /// **Shapes**: three that broadcast → the broadcast shape; the condition is of booleans.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.where.html>
  public static func `where`(
    _ condition: Tensor, _ a: Tensor, _ b: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(Where(), to: [condition, a, b], at: SourceLocation(file: file, line: line))
  }

  /// `a` where `condition` holds, else a number, which does not widen the type of `a`.
  public static func `where`(
    _ condition: Tensor, _ a: Tensor, _ b: Double, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try `where`(condition, a, a.scalar(b), file: file, line: line)
  }

  /// `a` where `condition` holds, else a whole number; integers stay integers.
  public static func `where`(
    _ condition: Tensor, _ a: Tensor, _ b: Int, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try `where`(condition, a, a.scalar(b), file: file, line: line)
  }

  /// A number where `condition` holds, else `b`, whose type it does not widen.
  public static func `where`(
    _ condition: Tensor, _ a: Double, _ b: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try `where`(condition, b.scalar(a), b, file: file, line: line)
  }

  /// A whole number where `condition` holds, else `b`; integers stay integers.
  public static func `where`(
    _ condition: Tensor, _ a: Int, _ b: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try `where`(condition, b.scalar(a), b, file: file, line: line)
  }
}

extension CellRule {
  /// The cell that the condition chooses.
  static let chosen = CellRule { call, cell in
    let isFirst = picks(call, cell)
    return CellOperands(.function, [.input(isFirst ? 1 : 2, call.spread(isFirst ? 1 : 2).source(of: cell))])
  } gradient: { call, input, cell in
    guard input > 0 else { return nil }
    let copies = call.spread(input).copies(of: cell).filter { picks(call, $0) == (input == 1) }
    return CellOperands(.products, copies.map { .upstream($0) })
  }

  private static func picks(_ call: CellCall, _ cell: Int) -> Bool {
    call.inputs[0].number(at: call.spread(0).source(of: cell)) != 0
  }
}
