import Autograd
import NN

/// Numbers with a name and a shape: what a row of the tables is tried on, and what it gives.
public struct Operand: Sendable, Equatable {
  /// What it is called, `x`.
  public var name: String
  /// The sizes of its dimensions.
  public var shape: [Int]
  /// Its numbers in row-major order.
  public var values: [Double]

  /// Numbers of a shape.
  public init(name: String, shape: [Int], values: [Double]) {
    (self.name, self.shape, self.values) = (name, shape, values)
  }

  /// The numbers as a tensor in single precision.
  func tensor() throws -> Tensor { try Tensor(values.map(Float.init), shape: Shape(shape)) }

  /// The numbers of a tensor.
  init(_ name: String, _ tensor: Tensor) {
    self.init(name: name, shape: Array(tensor.shape), values: tensor.array(Double.self))
  }

  /// The numbers in rows: the last dimension across, all others down.
  var matrix: Matrix {
    let columns = max(1, shape.last ?? 1)
    return Matrix(rows: values.count / columns, columns: columns, values: values)
  }

  init(_ name: String, _ matrix: Matrix) {
    self.init(name: name, shape: [matrix.rows, matrix.columns], values: matrix.values)
  }
}

/// A row of the tables, tried: computed by hand on plain arrays, and by the engine.
public struct TableExample: Sendable, Equatable {
  /// What it was given.
  public let operands: [Operand]
  /// What plain arrays make of it.
  public let byHand: Operand
  /// What the engine makes of it.
  public let engine: Operand

  /// What a row does.
  struct Recipe: Sendable {
    /// What it is tried on where nothing else is given.
    let operands: [Operand]
    /// Whether it takes another tensor in place of its first operand; the others are then made to fit.
    let takesOther: Bool
    /// By hand.
    let byHand: @Sendable ([Operand]) -> Operand
    /// By the engine.
    let engine: @Sendable ([Operand]) throws -> Operand
  }

  /// The names of all rows that can be tried.
  public static var rows: [String] { recipes.keys.sorted() }

  /// Tries the row of a name on its usual numbers, or on others; nil where there is no such row, or it cannot be tried
  /// on these.
  ///
  /// - Throws: `AutogradError` from the engine.
  public init?(_ row: String, on other: Operand? = nil) throws {
    guard let recipe = TableExample.recipes[row] else { return nil }
    var operands = recipe.operands
    if let other {
      guard recipe.takesOther, other.shape.count == 2, other.values.count <= TableExample.largest else {
        return nil
      }
      if operands.count == 2 {
        operands[1] = row == "matmul" ? Operand("\(other.name).T", other.matrix.transposed) : other
      }
      operands[0] = other
    }
    self.operands = operands
    byHand = recipe.byHand(operands)
    engine = try recipe.engine(operands)
  }

  /// As many numbers are tried at most, so that the answer is there at once.
  private static let largest = 1 << 16
}
