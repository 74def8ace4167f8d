/// The arithmetic of one cell of a result, over the cells that it was computed from.
package indirect enum CellExpression {
  /// The number in a cell.
  case cell(CellPlace)
  /// A number of the operator's own: an option, a count.
  case constant(Double)
  /// A part that is worked out on a line of its own.
  case named(CellPart)
  /// Terms that are added up.
  case sum(CellSum)
  /// A function of other expressions.
  case call(CellFunction, [CellExpression])

  /// Its result in double precision, for cells with the numbers that `number` gives.
  package func value(_ number: (CellPlace) -> Double) -> Double {
    switch self {
    case .cell(let place): number(place)
    case .constant(let value): value
    case .named(let part): part.value(number)
    case .sum(let sum): (0..<sum.count).reduce(0) { $0 + sum.term($1).value(number) }
    case .call(let function, let arguments): function.value(arguments.map { $0.value(number) })
    }
  }

  /// The parts that are worked out on lines of their own, in the order in which they are needed.
  package var parts: [CellPart] {
    switch self {
    case .cell, .constant: []
    case .named(let part): part.expression.parts + [part]
    case .sum(let sum): sum.count > 0 ? sum.term(0).parts : []
    case .call(_, let arguments):
      arguments.reduce(into: []) { parts, argument in
        for part in argument.parts where !parts.contains(where: { $0.name == part.name }) {
          parts.append(part)
        }
      }
    }
  }

  /// The first of its sums with more than one term, whose terms are worth a look; else one in a part.
  package var mainSum: CellSum? {
    switch self {
    case .cell, .constant, .named: nil
    case .sum(let sum): sum.count > 1 ? sum : nil
    case .call(_, let arguments): arguments.lazy.compactMap(\.mainSum).first
    }
  }

  /// The cells that it reads itself, without those of its sums.
  package var places: [CellPlace] {
    switch self {
    case .cell(let place): [place]
    case .constant, .sum: []
    case .named(let part): part.expression.places
    case .call(_, let arguments): arguments.flatMap(\.places)
    }
  }

  /// A part of the arithmetic that has a name and is worked out once.
  static func named(_ name: String, _ expression: CellExpression) -> CellExpression {
    .named(CellPart(name, expression))
  }

  /// A sum of cells of which there may be only one.
  static func total(_ count: Int, _ term: @escaping (Int) -> CellExpression) -> CellExpression {
    count == 1 ? term(0) : .sum(CellSum(count: count, term: term))
  }

  static func + (left: CellExpression, right: CellExpression) -> CellExpression {
    .call(.plus, [left, right])
  }
  static func - (left: CellExpression, right: CellExpression) -> CellExpression {
    .call(.minus, [left, right])
  }
  static func * (left: CellExpression, right: CellExpression) -> CellExpression {
    .call(.times, [left, right])
  }
  static func / (left: CellExpression, right: CellExpression) -> CellExpression {
    .call(.over, [left, right])
  }
}

/// A part of a cell's arithmetic with a name, `mean`, whose result is kept: every term of a sum may read it.
package final class CellPart {
  /// Its name.
  package let name: String
  /// How it is computed.
  package let expression: CellExpression
  private var result: Double?

  init(_ name: String, _ expression: CellExpression) {
    self.name = name
    self.expression = expression
  }

  /// Its result, for cells with the numbers that `number` gave when it was first asked for.
  package func value(_ number: (CellPlace) -> Double) -> Double {
    if let result { return result }
    let value = expression.value(number)
    result = value
    return value
  }
}

/// Terms that are added up, made when they are asked for: there may be a million.
package struct CellSum {
  /// How many terms there are.
  package let count: Int
  /// One of them.
  package let term: (Int) -> CellExpression
}

/// A function in the arithmetic of a cell, and how it is written.
package struct CellFunction {
  /// How it is written with `%1` for its first argument: `max(0, %1)`.
  let symbols: String
  /// Whether numbers are put into the same words; else only the result is written where there are numbers.
  let showsNumbers: Bool
  let value: ([Double]) -> Double

  /// A function that is written with its arguments.
  init(_ symbols: String, _ value: @escaping ([Double]) -> Double) {
    self.init(symbols, showsNumbers: true, value)
  }

  private init(
    _ symbols: String, showsNumbers: Bool, _ value: @escaping ([Double]) -> Double
  ) {
    self.symbols = symbols
    self.showsNumbers = showsNumbers
    self.value = value
  }

  /// A function of which only the result is written where there are numbers.
  static func result(_ symbols: String, _ value: @escaping ([Double]) -> Double) -> CellFunction {
    CellFunction(symbols, showsNumbers: false, value)
  }

  static var plus: CellFunction { CellFunction("%1 + %2") { $0[0] + $0[1] } }
  static var minus: CellFunction { CellFunction("%1 − %2") { $0[0] - $0[1] } }
  static var times: CellFunction { CellFunction("%1·%2") { $0[0] * $0[1] } }
  static var over: CellFunction { CellFunction("%1 ÷ %2") { $0[0] / $0[1] } }
}
