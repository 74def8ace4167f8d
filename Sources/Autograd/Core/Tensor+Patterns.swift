import Localization

/// Tensors of given numbers, of random ones, and of patterns.
///
/// Each throws where no tensor can have the shape: a size is negative, there are more than eight dimensions, or they
/// hold more than the machine's memory. **Source**: <https://pytorch.org/docs/stable/torch.html#creation-ops>
extension Tensor {
  /// A tensor of zeros; PyTorch's `torch.zeros`.
  public static func zeros(
    _ shape: Shape, dtype: DType = .float32, requiresGrad: Bool = false, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    try creation("zeros", shape, dtype, file, line).filled(with: 0).requiringGrad(requiresGrad)
  }

  /// A tensor of ones; PyTorch's `torch.ones`.
  public static func ones(
    _ shape: Shape, dtype: DType = .float32, requiresGrad: Bool = false, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    try creation("ones", shape, dtype, file, line).filled(with: 1).requiringGrad(requiresGrad)
  }

  /// A tensor filled with `value`; PyTorch's `torch.full`.
  public static func full(
    _ shape: Shape, _ value: Double, dtype: DType = .float32, requiresGrad: Bool = false,
    file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    guard dtype.holds(value) else {
      throw AutogradError.argument(
        operator: "full", name: "value", got: "\(value)",
        expected: localized("a number that \(dtype.rawValue) holds"),
        location: SourceLocation(file: file, line: line))
    }
    return try creation("full", shape, dtype, file, line).filled(with: value).requiringGrad(requiresGrad)
  }

  /// Standard normal values drawn from `generator`; PyTorch's `torch.randn`.
  public static func randn(
    _ shape: Shape, dtype: DType = .float32, generator: inout Generator, requiresGrad: Bool = false,
    file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let result = try random("randn", shape, dtype, file, line)
    result.write { _ in generator.normal() }
    return result.requiringGrad(requiresGrad)
  }

  /// Values drawn evenly from 0 up to but not including 1; PyTorch's `torch.rand`.
  public static func rand(
    _ shape: Shape, dtype: DType = .float32, generator: inout Generator, requiresGrad: Bool = false,
    file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let result = try random("rand", shape, dtype, file, line)
    // A number next to 1 would become 1 in float32.
    let greatest = dtype == .float32 ? Double((1 as Float).nextDown) : 1.nextDown
    result.write { _ in Swift.min(generator.uniform(), greatest) }
    return result.requiringGrad(requiresGrad)
  }

  /// Zeros in a tensor's shape and type; PyTorch's `torch.zeros_like`.
  public static func zerosLike(_ other: Tensor) -> Tensor { empty(other.shape, other.dtype).filled(with: 0) }

  /// Ones in a tensor's shape and type; PyTorch's `torch.ones_like`.
  public static func onesLike(_ other: Tensor) -> Tensor { empty(other.shape, other.dtype).filled(with: 1) }

  /// The identity matrix; PyTorch's `torch.eye`.
  ///
  /// **Shapes**: `[size, size]`.
  public static func eye(
    _ size: Int, dtype: DType = .float32, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let result = try creation("eye", [size, size], dtype, file, line)
    result.write { $0 % (size + 1) == 0 ? 1 : 0 }
    return result
  }

  /// 0, 1, 2, … up to but not including `count`, in int64; PyTorch's `torch.arange`.
  public static func arange(
    _ count: Int, dtype: DType = .int64, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try arange(from: 0, to: count, dtype: dtype, file: file, line: line)
  }

  /// `start`, `start` + `step`, … up to but not including `end`, in int64; PyTorch's `torch.arange`.
  ///
  /// **Shapes**: `[⌈(end − start) ÷ step⌉]`.
  public static func arange(
    from start: Int, to end: Int, step: Int = 1, dtype: DType = .int64, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    let (distance, overflow) = end.subtractingReportingOverflow(start)
    guard step != 0, !overflow, distance == 0 || (distance > 0) == (step > 0) else {
      throw Tensor.stepError("arange", "\(start)", "\(end)", "\(step)", file, line)
    }
    let (whole, rest) = distance.magnitude.quotientAndRemainder(dividingBy: step.magnitude)
    let count = Int(clamping: whole + (rest == 0 ? 0 : 1))
    let result = try creation("arange", [count], dtype, file, line)
    guard dtype == .int64 else {
      result.write { Double(start &+ $0 &* step) }
      return result
    }
    let values = result.values(Int64.self)
    for index in values.indices { values[index] = Int64(start &+ index &* step) }
    return result
  }

  /// `start`, `start` + `step`, … up to but not including `end`; PyTorch's `torch.arange`.
  ///
  /// **Shapes**: `[⌈(end − start) ÷ step⌉]`.
  public static func arange(
    from start: Double, to end: Double, step: Double = 1, dtype: DType = .float32,
    file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let count = try count("arange", start, end, step, file, line)
    let result = try creation("arange", [count], dtype, file, line)
    result.write { start + Double($0) * step }
    return result
  }

  /// `count` numbers evenly from `start` to `end`, both included; PyTorch's `torch.linspace`.
  ///
  /// **Shapes**: `[count]`.
  public static func linspace(
    from start: Double, to end: Double, count: Int, dtype: DType = .float32, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    let result = try creation("linspace", [count], dtype, file, line)
    let last = Swift.max(count - 1, 1)
    // The end itself: beside a large difference the sum would lose it.
    result.write { $0 == last ? end : start + (end - start) * Double($0) / Double(last) }
    return result
  }

  /// The sizes of the dimensions, as ``shape``; PyTorch's `x.size()`.
  public func size() -> Shape { shape }
}

extension Tensor {
  /// Every element of a new tensor set to `value`.
  package func filled(with value: Double) -> Tensor {
    fillStorage(with: value)
    return self
  }

  /// A tensor with undefined contents for the function `name`.
  private static func creation(
    _ name: String, _ shape: Shape, _ dtype: DType, _ file: StaticString, _ line: UInt
  ) throws -> Tensor {
    guard shape.isPossible(for: dtype) else {
      throw AutogradError.argument(
        operator: name, name: "shape", got: "\(shape)",
        expected: localized("at most \(Shape.maximumRank) sizes of 0 or more that fit into memory"),
        location: SourceLocation(file: file, line: line))
    }
    return empty(shape, dtype)
  }

  private static func random(
    _ name: String, _ shape: Shape, _ dtype: DType, _ file: StaticString, _ line: UInt
  ) throws -> Tensor {
    guard dtype.isFloatingPoint else {
      throw AutogradError.types(
        operator: name, types: [dtype], expected: localized("float32 or float64"),
        location: SourceLocation(file: file, line: line))
    }
    return try creation(name, shape, dtype, file, line)
  }

  /// How many numbers there are from `start` up to but not including `end`.
  private static func count(
    _ name: String, _ start: Double, _ end: Double, _ step: Double, _ file: StaticString, _ line: UInt
  ) throws -> Int {
    let count = ((end - start) / step).rounded(.up)
    guard step != 0, count >= 0, count < 0x1p60 else {
      throw stepError(name, "\(start)", "\(end)", "\(step)", file, line)
    }
    return Int(count)
  }

  private static func stepError(
    _ name: String, _ start: String, _ end: String, _ step: String, _ file: StaticString, _ line: UInt
  ) -> AutogradError {
    .argument(
      operator: name, name: "step", got: step,
      expected: localized("a step that leads from \(start) to \(end)"),
      location: SourceLocation(file: file, line: line))
  }
}

extension DType {
  /// Whether the type has a number for `value`: nearly it, or truncated towards zero.
  fileprivate func holds(_ value: Double) -> Bool {
    switch self {
    case .float32: !value.isFinite || Float(value).isFinite
    case .float64, .bool: true
    case .int64: value >= -0x1p63 && value < 0x1p63
    }
  }
}
