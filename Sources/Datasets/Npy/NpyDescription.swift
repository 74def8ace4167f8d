/// NumPy's short name for an element type, such as `<f4`: a byte order, a kind and a size.
///
/// Source: <https://numpy.org/doc/stable/reference/arrays.interface.html>
struct NpyDescription: Equatable {
  var elementType: ElementType
  var order: ByteOrder

  /// Reads a name; `nil` if it is not one that this reader knows.
  init?(_ text: String) {
    guard let first = text.first, let elementType = Self.types[String(text.dropFirst())] else { return nil }
    self.elementType = elementType
    switch first {
    case "<": order = .little
    case ">": order = .big
    case "=": order = .native
    case "|" where elementType.byteCount == 1: order = .native
    default: return nil
    }
  }

  /// The name to write for a type in this machine's byte order; `nil` for a type that NumPy has not.
  static func name(for elementType: ElementType) -> String? {
    guard let code = types.first(where: { $0.value == elementType })?.key else { return nil }
    let order = elementType.byteCount == 1 ? "|" : ByteOrder.native == .little ? "<" : ">"
    return order + code
  }

  private static let types: [String: ElementType] = [
    "b1": .bool, "u1": .uint8, "i1": .int8, "u2": .uint16, "i2": .int16, "u4": .uint32, "i4": .int32,
    "u8": .uint64, "i8": .int64, "f2": .float16, "f4": .float32, "f8": .float64,
  ]
}
