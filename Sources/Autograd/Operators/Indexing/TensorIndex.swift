/// What can be written between the brackets of `x[…]`: an index, a range, `.all`, or `.newAxis`.
public protocol TensorIndex {
  /// What it does to one dimension.
  var selection: DimensionSelection { get }
}

/// What an index does to its dimension.
public enum DimensionSelection: Sendable, Equatable {
  /// Takes one place and leaves the dimension out.
  case place(Int)
  /// Takes the places from `start` up to but not including `end`, every `step`-th.
  case span(start: Int, end: Int, step: Int)
  /// Adds a dimension of size 1.
  case new
}

/// An index that has no Swift spelling of its own: `.all`, `.newAxis` or `.every(2)`.
public struct NamedIndex: TensorIndex, Sendable {
  /// What the index does to its dimension.
  public let selection: DimensionSelection
}

extension TensorIndex where Self == NamedIndex {
  /// The whole dimension, Python's `:`.
  public static var all: NamedIndex { .every(1) }
  /// A new dimension of size 1, Python's `None`.
  public static var newAxis: NamedIndex { NamedIndex(selection: .new) }
  /// Every `step`-th place from `start` up to but not including `end`, Python's `start:end:step`.
  public static func every(_ step: Int, from start: Int = 0, to end: Int = .max) -> NamedIndex {
    NamedIndex(selection: .span(start: start, end: end, step: step))
  }
}

extension Int: TensorIndex {
  /// What the index does to its dimension.
  public var selection: DimensionSelection { .place(self) }
}

extension Range: TensorIndex where Bound == Int {
  /// What the index does to its dimension.
  public var selection: DimensionSelection { .span(start: lowerBound, end: upperBound, step: 1) }
}

extension ClosedRange: TensorIndex where Bound == Int {
  /// What the index does to its dimension.
  public var selection: DimensionSelection {
    .span(start: lowerBound, end: endAfter(upperBound), step: 1)
  }
}

extension PartialRangeFrom: TensorIndex where Bound == Int {
  /// What the index does to its dimension.
  public var selection: DimensionSelection { .span(start: lowerBound, end: .max, step: 1) }
}

extension PartialRangeThrough: TensorIndex where Bound == Int {
  /// What the index does to its dimension.
  public var selection: DimensionSelection { .span(start: 0, end: endAfter(upperBound), step: 1) }
}

/// The end of a range that includes `last`: none after −1, the last place, nor after the greatest integer.
private func endAfter(_ last: Int) -> Int { last == -1 || last == .max ? .max : last + 1 }

extension PartialRangeUpTo: TensorIndex where Bound == Int {
  /// What the index does to its dimension.
  public var selection: DimensionSelection { .span(start: 0, end: upperBound, step: 1) }
}

extension Tensor {
  /// The elements at the given places, dimension by dimension; NumPy's `x[0, 1:3]` is `x[0, 1..<3]`.
  ///
  /// Negative places count from the end. Dimensions without an index are taken whole. Shares memory.
  /// **Source**: <https://pytorch.org/docs/stable/tensor_view.html>
  public subscript(
    indices: any TensorIndex..., file file: StaticString = #fileID, line line: UInt = #line
  ) -> Tensor {
    get throws {
      var result = self
      var dimension = 0
      for index in indices {
        switch index.selection {
        case .place(let place):
          result = try result.select(dim: dimension, index: place, file: file, line: line)
        case .span(let start, let end, let step):
          if start != 0 || end != .max || step != 1 {
            result = try result.slice(
              dim: dimension, start: start, end: end, step: step, file: file, line: line)
          }
          dimension += 1
        case .new:
          result = try result.unsqueeze(dim: dimension, file: file, line: line)
          dimension += 1
        }
      }
      return result
    }
  }
}
