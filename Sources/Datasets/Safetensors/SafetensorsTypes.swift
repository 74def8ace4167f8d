/// The format's names of the element types.
enum SafetensorsTypes {
  /// In the reference implementation's order, which is also the order of tensors in a file, from the end.
  private static let table: [(name: String, type: ElementType)] = [
    ("BOOL", .bool), ("U8", .uint8), ("I8", .int8), ("I16", .int16), ("U16", .uint16), ("F16", .float16),
    ("BF16", .bfloat16), ("I32", .int32), ("U32", .uint32), ("F32", .float32), ("F64", .float64),
    ("I64", .int64), ("U64", .uint64),
  ]

  /// All names.
  static var names: [String] { table.map(\.name) }

  /// The type of a name, or `nil` if it is not known here.
  static func elementType(named name: String) -> ElementType? {
    table.first { $0.name == name }?.type
  }

  /// A type's name and its rank; tensors of higher rank stand earlier in a file.
  static func entry(for type: ElementType) -> (name: String, rank: Int) {
    let rank = table.firstIndex { $0.type == type } ?? 0
    return (table[rank].name, rank)
  }
}
