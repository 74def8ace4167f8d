/// Where a cell is in its tensor, as a text.
enum CellIndex {
  /// An index as Swift and Python write it, `[3,4]`; nothing for the one number of a scalar.
  static func text(_ index: [Int]) -> String {
    index.isEmpty ? "" : "[\(index.map(String.init).joined(separator: ","))]"
  }
}
