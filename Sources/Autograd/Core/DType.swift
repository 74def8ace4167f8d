import Arrays

/// The type of a tensor's elements: those of the element types of arrays that the engine computes with.
///
/// It is a type of its own with four cases, so that kernels cover all of them without a default case, and no tensor of
/// another type can be asked for. ``elementType`` is the same type among all those that files have.
public enum DType: String, Sendable, CaseIterable, Hashable {
  case float32, float64, int64, bool

  /// Bytes an element takes.
  public var byteCount: Int {
    switch self {
    case .float32: 4
    case .float64, .int64: 8
    case .bool: 1
    }
  }

  /// The same type among all element types of arrays.
  public var elementType: ElementType {
    switch self {
    case .float32: .float32
    case .float64: .float64
    case .int64: .int64
    case .bool: .bool
    }
  }

  /// The tensor type of the same values; nil for an element type that no tensor has.
  public init?(_ elementType: ElementType) { self.init(rawValue: elementType.rawValue) }

  /// Whether gradients can flow through tensors of this type.
  public var isFloatingPoint: Bool { self == .float32 || self == .float64 }

  /// The type that holds the values of both, as PyTorch promotes: bool < int64 < float32 < float64.
  package static func promoting(_ left: DType, _ right: DType) -> DType {
    left.width >= right.width ? left : right
  }

  private var width: Int {
    switch self {
    case .bool: 0
    case .int64: 1
    case .float32: 2
    case .float64: 3
    }
  }
}

/// A Swift type that a tensor can hold.
public protocol Scalar: ArrayElement, Hashable {
  /// The tensor type that stores it.
  static var dtype: DType { get }
}

/// A numeric element: everything but `Bool`.
public protocol NumericScalar: Scalar, Numeric, Comparable {}

/// A floating-point element, the kind that gradients flow through.
///
/// Its functions give the same bits on every processor. Those of many numbers may write their results over these.
public protocol FloatingScalar: NumericScalar, BinaryFloatingPoint, SIMDScalar, Codable {
  /// eˣ.
  static func exp(_ x: Self) -> Self
  /// The natural logarithm.
  static func log(_ x: Self) -> Self
  /// ln(1 + x), exact for small x.
  static func log1p(_ x: Self) -> Self
  /// The hyperbolic tangent.
  static func tanh(_ x: Self) -> Self
  /// 1 ÷ (1 + e⁻ˣ).
  static func sigmoid(_ x: Self) -> Self
  /// The error function.
  static func erf(_ x: Self) -> Self
  /// The sine of an angle in radians.
  static func sin(_ x: Self) -> Self
  /// The cosine of an angle in radians.
  static func cos(_ x: Self) -> Self
  /// xʸ.
  static func pow(_ x: Self, _ y: Self) -> Self
  /// eˣ, of each of `count` numbers.
  static func exp(_ count: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>)
  /// The natural logarithm, of each of `count` numbers.
  static func log(_ count: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>)
  /// The hyperbolic tangent, of each of `count` numbers.
  static func tanh(_ count: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>)
  /// 1 ÷ (1 + e⁻ˣ), of each of `count` numbers.
  static func sigmoid(_ count: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>)
  /// The error function, of each of `count` numbers.
  static func erf(_ count: Int, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>)
}

extension Int64: NumericScalar {
  /// `int64`.
  public static var dtype: DType { .int64 }
}

extension Bool: Scalar {
  /// `bool`.
  public static var dtype: DType { .bool }
}
