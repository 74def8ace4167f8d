/// The type of the numbers in an array file.
public enum ElementType: String, CaseIterable, Equatable, Sendable {
  case bool, uint8, int8, uint16, int16, uint32, int32, uint64, int64, float16, bfloat16, float32, float64

  /// The bytes that one element takes.
  public var byteCount: Int {
    switch self {
    case .bool, .uint8, .int8: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }
}

/// A Swift type that array files can hold.
public protocol StoredElement: BitwiseCopyable, Sendable {
  /// The file's name for this type.
  static var elementType: ElementType { get }
}

extension Bool: StoredElement { public static var elementType: ElementType { .bool } }
extension UInt8: StoredElement { public static var elementType: ElementType { .uint8 } }
extension Int8: StoredElement { public static var elementType: ElementType { .int8 } }
extension UInt16: StoredElement { public static var elementType: ElementType { .uint16 } }
extension Int16: StoredElement { public static var elementType: ElementType { .int16 } }
extension UInt32: StoredElement { public static var elementType: ElementType { .uint32 } }
extension Int32: StoredElement { public static var elementType: ElementType { .int32 } }
extension UInt64: StoredElement { public static var elementType: ElementType { .uint64 } }
extension Int64: StoredElement { public static var elementType: ElementType { .int64 } }
extension Float: StoredElement { public static var elementType: ElementType { .float32 } }
extension Double: StoredElement { public static var elementType: ElementType { .float64 } }
