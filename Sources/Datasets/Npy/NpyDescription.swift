import Arrays

/// NumPy's short name for an element type, such as `<f4`: a byte order, a kind and a size.
///
/// Source: <https://numpy.org/doc/stable/reference/arrays.interface.html>
struct NpyDescription: Equatable {
  var elementType: ElementType
  var order: ByteOrder

  /// Reads a name; `nil` if it is not one that this reader knows.
  init?(_ text: String) {
    let code = String(text.dropFirst())
    guard let first = text.first,
      let elementType = ElementType.allCases.first(where: { $0.numpyCode == code })
    else { return nil }
    self.elementType = elementType
    switch first {
    case "<": order = .little
    case ">": order = .big
    case "=": order = .native
    case "|" where elementType.byteCount == 1: order = .native
    default: return nil
    }
  }

  /// The name to write for a type in this machine's byte order; `nil` for a type that NumPy does not have.
  static func name(for elementType: ElementType) -> String? {
    guard let code = elementType.numpyCode else { return nil }
    let order = elementType.byteCount == 1 ? "|" : ByteOrder.native == .little ? "<" : ">"
    return order + code
  }
}
