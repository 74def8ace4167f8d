import Foundation

/// The sizes of a tensor's dimensions, outermost first: `[64, 128]` is 64 rows of 128.
///
/// A value of fixed size, so that making one never allocates. The empty shape `[]` is a scalar's.
public struct Shape: Sendable {
  /// The greatest number of dimensions a tensor may have.
  public static let maximumRank = 8

  private var sizes: InlineArray<8, Int>

  /// How many dimensions there are.
  public private(set) var rank: Int

  /// A scalar's shape, `[]`.
  public init() {
    sizes = InlineArray(repeating: 0)
    rank = 0
  }

  /// The shape with the given dimension sizes.
  ///
  /// No tensor can have a negative size, or more than ``maximumRank`` dimensions; of more the first ones are kept, and
  /// the last of these is made negative.
  public init(_ dimensions: some Collection<Int>) {
    self.init()
    for dimension in dimensions.prefix(Shape.maximumRank) { append(dimension) }
    if dimensions.count > Shape.maximumRank { sizes[Shape.maximumRank - 1] = -1 }
  }

  /// The number of elements: the product of the sizes, 1 for a scalar; the greatest integer where it is beyond that.
  public var elementCount: Int {
    var product = 1
    for index in 0..<rank {
      let (next, overflow) = product.multipliedReportingOverflow(by: sizes[index])
      guard !overflow else { return contains(0) ? 0 : .max }
      product = next
    }
    return product
  }

  /// Strides, in elements, of a contiguous tensor of this shape in row-major order.
  public var contiguousStrides: Shape {
    var strides = self
    var step = 1
    for index in stride(from: rank - 1, through: 0, by: -1) {
      strides[index] = step
      // Wraps around only where another size is 0, so that there is no element to reach.
      step &*= Swift.max(sizes[index], 1)
    }
    return strides
  }

  /// Adds an innermost dimension.
  package mutating func append(_ dimension: Int) {
    precondition(rank < Shape.maximumRank, "a shape has at most \(Shape.maximumRank) dimensions")
    sizes[rank] = dimension
    rank += 1
  }

  /// The shape without the dimension at `index`.
  package func removing(at index: Int) -> Shape {
    var result = Shape()
    for position in 0..<rank where position != index { result.append(sizes[position]) }
    return result
  }

  /// The shape with a new dimension of `size` at `index`.
  package func inserting(_ size: Int, at index: Int) -> Shape {
    var result = Shape()
    for position in 0...rank {
      if position == index { result.append(size) }
      if position < rank { result.append(sizes[position]) }
    }
    return result
  }
}

extension Shape {
  /// Whether a tensor of this shape can be: no size is negative, and its elements fit into the machine's memory.
  package func isPossible(for dtype: DType) -> Bool {
    for index in 0..<rank where sizes[index] < 0 { return false }
    let count = elementCount
    return count < Shape.smallCount || count <= Shape.memory / dtype.byteCount
  }

  /// So many elements fit into any memory.
  private static let smallCount = 1 << 24
  private static let memory = Int(clamping: ProcessInfo.processInfo.physicalMemory)
}

extension Shape: RandomAccessCollection, MutableCollection {
  /// 0.
  public var startIndex: Int { 0 }
  /// The number of dimensions.
  public var endIndex: Int { rank }

  /// The size of a dimension.
  public subscript(index: Int) -> Int {
    get { sizes[index] }
    set { sizes[index] = newValue }
  }
}

extension Shape: Hashable {
  /// Whether both are equal.
  public static func == (left: Shape, right: Shape) -> Bool {
    guard left.rank == right.rank else { return false }
    for index in 0..<left.rank where left.sizes[index] != right.sizes[index] { return false }
    return true
  }

  /// Hashes the sizes.
  public func hash(into hasher: inout Hasher) {
    for size in self { hasher.combine(size) }
  }
}

extension Shape: ExpressibleByArrayLiteral {
  /// A shape of the sizes between the brackets.
  public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Shape: CustomStringConvertible {
  /// As in `[64, 128]`.
  public var description: String { "[\(map(String.init).joined(separator: ", "))]" }
}
