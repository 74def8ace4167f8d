/// The type of an array's elements. This is the one list of number types: files, recordings and tensors name theirs here.
///
/// The raw value is NumPy's name. The order is that of the reference implementation of safetensors, which sorts tensors
/// by it.
public enum ElementType: String, CaseIterable, Codable, Sendable {
  case bool, uint8, int8, int16, uint16, float16, bfloat16, int32, uint32, float32, float64, int64, uint64

  /// The bytes that one element takes.
  public var byteCount: Int { spelling.byteCount }

  /// NumPy's code without the byte order, such as `f4`; nil for bfloat16, which NumPy does not have.
  public var numpyCode: String? { spelling.numpy }

  /// The name in safetensors files, such as `F32`.
  public var safetensorsName: String { spelling.safetensors }

  private var spelling: (byteCount: Int, numpy: String?, safetensors: String) {
    switch self {
    case .bool: (1, "b1", "BOOL")
    case .uint8: (1, "u1", "U8")
    case .int8: (1, "i1", "I8")
    case .int16: (2, "i2", "I16")
    case .uint16: (2, "u2", "U16")
    case .float16: (2, "f2", "F16")
    case .bfloat16: (2, nil, "BF16")
    case .int32: (4, "i4", "I32")
    case .uint32: (4, "u4", "U32")
    case .float32: (4, "f4", "F32")
    case .float64: (8, "f8", "F64")
    case .int64: (8, "i8", "I64")
    case .uint64: (8, "u8", "U64")
    }
  }
}

/// A Swift type that has an ``ElementType``.
public protocol ArrayElement: BitwiseCopyable, Sendable {
  /// The element type of the same values.
  static var elementType: ElementType { get }
}

extension Bool: ArrayElement {
  /// One byte, 0 or 1.
  public static var elementType: ElementType { .bool }
}
extension UInt8: ArrayElement {
  /// 8 bits without a sign.
  public static var elementType: ElementType { .uint8 }
}
extension Int8: ArrayElement {
  /// 8 bits with a sign.
  public static var elementType: ElementType { .int8 }
}
extension UInt16: ArrayElement {
  /// 16 bits without a sign.
  public static var elementType: ElementType { .uint16 }
}
extension Int16: ArrayElement {
  /// 16 bits with a sign.
  public static var elementType: ElementType { .int16 }
}
extension UInt32: ArrayElement {
  /// 32 bits without a sign.
  public static var elementType: ElementType { .uint32 }
}
extension Int32: ArrayElement {
  /// 32 bits with a sign.
  public static var elementType: ElementType { .int32 }
}
extension UInt64: ArrayElement {
  /// 64 bits without a sign.
  public static var elementType: ElementType { .uint64 }
}
extension Int64: ArrayElement {
  /// 64 bits with a sign.
  public static var elementType: ElementType { .int64 }
}
extension Float: ArrayElement {
  /// IEEE 754 binary32.
  public static var elementType: ElementType { .float32 }
}
extension Double: ArrayElement {
  /// IEEE 754 binary64.
  public static var elementType: ElementType { .float64 }
}
