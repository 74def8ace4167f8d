import Autograd
import Testing

/// Which cells a cell is computed from, against what the operators do: a NaN put into one cell shows where that cell is read.
struct CellRuleTests {
  /// Operators that leave cells out by their numbers or by chance: what they leave out is no NaN.
  private static let selective: Set = ["dropout", "relu", "clamp", "abs", "leaky_relu", "max", "min", "amax"]

  @Test func everyOperatorHasARuleForItsCells() {
    for info in OperatorTable.all { #expect(info.cells != nil, "\(info.name)") }
    #expect(OperatorInfo("of a user").cells == nil)
  }

  @Test func aNaNGoesToTheCellsThatAreSaidToReadIt() throws {
    for (name, step) in try OperatorTable.calls() {
      let rule = try #require(step.operation.info.cells)
      let clean = try run(step, step.inputs)
      guard clean.dtype.isFloatingPoint else { continue }
      var read = [Set<CellPlace>](repeating: [], count: clean.elementCount)
      for (input, tensor) in step.inputs.enumerated() where tensor.dtype.isFloatingPoint {
        for cell in 0..<tensor.elementCount {
          var inputs = step.inputs
          inputs[input] = try spoiled(tensor, cell)
          for (place, value) in try run(step, inputs).array(Double.self).enumerated() where value.isNaN {
            read[place].insert(CellPlace.input(input, cell))
          }
        }
      }
      let call = CellCall(step.operation, inputs: step.inputs, output: clean.shape)
      for place in read.indices {
        let said = Set(try #require(rule.value(call, place)).terms.flatMap(\.places))
        #expect(read[place].isSubset(of: said), "\(name), cell \(place)")
        // Weights of classes are named all, though only some are read.
        let isExact = !Self.selective.contains(name) && !(step.inputs.count > 2 && name.hasSuffix("loss"))
        #expect(!isExact || name == "cross_entropy" || read[place] == said, "\(name), cell \(place)")
      }
    }
  }

  @Test func aNaNInAGradientGoesToTheCellsThatAreSaidToReadIt() throws {
    for (name, step) in try OperatorTable.calls() {
      let rule = try #require(step.operation.info.cells)
      let output = try run(step, step.inputs)
      guard output.dtype.isFloatingPoint, step.operation.info.derivative != nil else {
        continue
      }
      var read: [CellPlace: Set<CellPlace>] = [:]
      func note(_ leaves: [Tensor], _ place: CellPlace) {
        for (input, leaf) in leaves.enumerated() {
          for (cell, value) in (leaf.grad?.array(Double.self) ?? []).enumerated() where value.isNaN {
            read[CellPlace.input(input, cell), default: []].insert(place)
          }
        }
      }
      let ones = try Tensor.ones(output.shape, dtype: output.dtype)
      for cell in 0..<output.elementCount {
        note(
          try gradients(step, step.inputs, spoiled(ones, cell)), CellPlace.upstream(cell))
      }
      for (input, tensor) in step.inputs.enumerated() where tensor.dtype.isFloatingPoint {
        for cell in 0..<tensor.elementCount {
          var inputs = step.inputs
          inputs[input] = try spoiled(tensor, cell)
          note(try gradients(step, inputs, ones), CellPlace.input(input, cell))
        }
      }
      let call = CellCall(step.operation, inputs: step.inputs, output: output.shape)
      for (input, tensor) in step.inputs.enumerated() where tensor.dtype.isFloatingPoint {
        for cell in 0..<tensor.elementCount {
          guard let reading = rule.gradient(call, input, cell) else { continue }
          let said = Set(reading.terms.flatMap(\.places))
          let found = read[CellPlace.input(input, cell)] ?? []
          #expect(found.isSubset(of: said), "\(name), input \(input), cell \(cell)")
          let upstream = said.filter { $0.source == .upstream }
          #expect(
            Self.selective.union(["maximum", "minimum"]).contains(name)
              || upstream == found.filter { $0.source == .upstream },
            "\(name), input \(input), cell \(cell): \(upstream), \(found)")
        }
      }
    }
  }

  // MARK: Running operators again

  private func run(_ step: OperatorTable.Call, _ inputs: [Tensor]) throws -> Tensor {
    try noGrad { try apply(step.operation, to: inputs, at: SourceLocation(file: #fileID, line: #line)) }
  }

  private func gradients(_ step: OperatorTable.Call, _ inputs: [Tensor], _ upstream: Tensor) throws
    -> [Tensor]
  {
    let leaves = inputs.map { $0.detach().requiringGrad() }
    let output = try apply(step.operation, to: leaves, at: SourceLocation(file: #fileID, line: #line))
    try output.backward(gradient: upstream)
    return leaves
  }

  /// A copy with a NaN in one cell.
  private func spoiled(_ tensor: Tensor, _ cell: Int) throws -> Tensor {
    var values = tensor.array(Double.self)
    values[cell] = .nan
    return try Tensor(values, shape: tensor.shape).to(tensor.dtype)
  }
}
