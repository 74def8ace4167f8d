import Trace

extension NamedArray {
  /// The values as numbers; none where the bytes do not fit the type and the shape.
  var numbers: [Double] {
    switch dtype {
    case "float32": elements(Float.self).map(Double.init)
    case "float64": elements(Double.self)
    case "int64": elements(Int64.self).map(Double.init)
    case "bool": bytes.map { $0 == 0 ? 0 : 1 }
    default: []
    }
  }

  private func elements<Element: BitwiseCopyable>(_ type: Element.Type) -> [Element] {
    let size = MemoryLayout<Element>.size
    return bytes.withUnsafeBytes { raw in
      (0..<raw.count / size).map { raw.loadUnaligned(fromByteOffset: $0 * size, as: Element.self) }
    }
  }
}
