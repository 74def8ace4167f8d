import Autograd
import Trace

/// The tensors of a step that ran outside the engine, each made once.
final class StepTensors {
  private let known: [StepTensor: KnownCells]
  private var made: [StepTensor: Tensor] = [:]
  /// Which tensor of the step each is.
  private(set) var places: [ObjectIdentifier: StepTensor] = [:]
  /// Those of which only some numbers are known.
  private(set) var partial: Set<ObjectIdentifier> = []

  /// The most elements of a tensor whose numbers are put in their places.
  static let mostElements = 1 << 22

  /// Tensors of which some numbers are known.
  init(_ known: [StepTensor: KnownCells]) { self.known = known }

  /// A tensor of a call, as forward read it.
  func value(of tensor: OperatorCall.Tensor) -> Tensor {
    self.tensor(
      StepTensor(tensor.node, .value, output: tensor.output), tensor.shape,
      DType(torch: tensor.dtype) ?? .float32)
  }

  /// A tensor of the step, with the numbers that are known of it.
  func tensor(_ place: StepTensor, _ shape: [Int], _ dtype: DType) -> Tensor {
    if let tensor = made[place] { return tensor }
    let tensor = filled(place, Shape(shape), dtype) ?? .unknown(Shape(shape), dtype)
    made[place] = tensor
    places[ObjectIdentifier(tensor)] = place
    if known[place]?.cells != nil || known[place] == nil { partial.insert(ObjectIdentifier(tensor)) }
    return tensor
  }

  /// The tensor that was made for a place; nil where none was.
  func made(_ place: StepTensor) -> Tensor? { made[place] }

  private func filled(_ place: StepTensor, _ shape: Shape, _ dtype: DType) -> Tensor? {
    guard let numbers = known[place], numbers.obstacle == nil, shape.elementCount <= StepTensors.mostElements,
      Array(shape) == numbers.shape, (numbers.cells?.count ?? shape.elementCount) == numbers.values.count
    else { return nil }
    let tensor = Tensor.empty(shape, dtype).filled(with: 0)
    guard let cells = numbers.cells else {
      tensor.write { numbers.values[$0] }
      return tensor
    }
    for (cell, number) in zip(cells, numbers.values) where (0..<shape.elementCount).contains(cell) {
      tensor.set(number, at: cell)
    }
    return tensor
  }
}

extension Tensor {
  /// Sets an element of a contiguous tensor that nothing has read yet.
  fileprivate func set(_ number: Double, at cell: Int) {
    switch dtype {
    case .float32: pointer(Float.self)[cell] = Float(number)
    case .float64: pointer(Double.self)[cell] = number
    case .int64: pointer(Int64.self)[cell] = Int64(exactly: number.rounded()) ?? 0
    case .bool: pointer(Bool.self)[cell] = number != 0
    }
  }
}
