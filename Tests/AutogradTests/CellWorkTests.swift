import Autograd
import Testing

/// The arithmetic of a cell, against what the operators compute.
struct CellWorkTests {
  @Test func theArithmeticOfEveryCellGivesTheCell() throws {
    for (name, step) in try OperatorTable.calls() {
      let output = try run(step, step.inputs)
      let call = CellCall(step.operation, inputs: step.inputs, output: output.shape)
      for cell in 0..<output.elementCount {
        let work = try #require(call.work(of: cell), "\(name)")
        expect(work.value(numbers(step)), output.number(at: cell), "\(name), cell \(cell)")
      }
    }
  }

  @Test func theArithmeticOfEveryGradientGivesTheGradient() throws {
    for (name, step) in try OperatorTable.calls() where step.operation.info.derivative != nil {
      let leaves = step.inputs.map { $0.dtype.isFloatingPoint ? $0.detach().requiringGrad() : $0 }
      let output = try apply(step.operation, to: leaves, at: SourceLocation(file: #fileID, line: #line))
      guard output.dtype.isFloatingPoint else { continue }
      var generator = Generator(seed: 3)
      let upstream = try Tensor.randn(output.shape, dtype: output.dtype, generator: &generator)
      try output.backward(gradient: upstream)
      let call = CellCall(step.operation, inputs: step.inputs, output: output.shape)
      for (input, leaf) in leaves.enumerated() {
        guard let gradient = leaf.grad else { continue }
        for cell in 0..<gradient.elementCount {
          let work = try #require(call.work(ofGradient: cell, of: input), "\(name), input \(input)")
          let value = work.value(numbers(step, upstream))
          expect(value, gradient.number(at: cell), "\(name), input \(input), cell \(cell)")
        }
      }
    }
  }

  @Test func aWritingNamesCellsAndPutsNumbersInTheirPlace() throws {
    let step = OperatorTable.Call(
      operation: LinearOperator(),
      inputs: [
        try Tensor([0.25, 0.5, -2], shape: [1, 3]), try Tensor([3, -4, 0.5], shape: [1, 3]),
        try Tensor([0.125], shape: [1]),
      ])
    let call = CellCall(step.operation, inputs: step.inputs, output: [1, 1])
    let work = try #require(call.work(of: 0))
    let names = ["x", "w", "b"]
    let writing = CellWriting(
      name: { place in
        if case .input(let input) = place.source {
          "\(names[input])[\(place.cell)]"
        } else {
          "g[\(place.cell)]"
        }
      }, value: numbers(step), number: { "\($0)".replacing("-", with: "−") })
    #expect(writing.symbols(work) == "x[0]·w[0] + x[1]·w[1] + x[2]·w[2] + b[0]")
    #expect(writing.numbers(work) == "0.25·3.0 + 0.5·(−4.0) − 2.0·0.5 + 0.125")
    let backward = try #require(call.work(ofGradient: 1, of: 1))
    #expect(writing.symbols(backward) == "x[1]·g[0]")
  }

  @Test func aLongSumShowsItsLargestTerms() throws {
    var values = (0..<100).map { Double($0) / 100 }
    (values[70], values[3]) = (50, -60)
    let step = OperatorTable.Call(operation: try sumOperation(), inputs: [try Tensor(values, shape: [100])])
    let call = CellCall(step.operation, inputs: step.inputs, output: [])
    let work = try #require(call.work(of: 0))
    let writing = CellWriting(
      termCount: 3, name: { "x[\($0.cell)]" }, value: numbers(step), number: { "\(Int($0.rounded()))" })
    #expect(writing.symbols(work) == "x[0] + … + x[99]")
    #expect(writing.numbers(work) == "-60 + 50 + 1 + …")
    #expect(writing.shownTerms(try #require(work.mainSum), limit: 3) == [3, 70, 99])
  }

  // MARK: Parts

  private func sumOperation() throws -> any Operator {
    let recorder = CallRecorder()
    _ = try ExecutionContext(observer: recorder).run { try Tensor([1.0, 2]).sum() }
    return try #require(recorder.steps.first?.operation)
  }

  private func run(_ step: OperatorTable.Call, _ inputs: [Tensor]) throws -> Tensor {
    try noGrad { try apply(step.operation, to: inputs, at: SourceLocation(file: #fileID, line: #line)) }
  }

  private func numbers(_ step: OperatorTable.Call, _ upstream: Tensor? = nil) -> (CellPlace) -> Double {
    { place in
      switch place.source {
      case .input(let input): step.inputs[input].number(at: place.cell)
      case .upstream: upstream?.number(at: place.cell) ?? .nan
      }
    }
  }

  private func expect(_ value: Double, _ cell: Double, _ name: String) {
    let tolerance = 1e-6 * max(1, abs(cell))
    #expect(abs(value - cell) <= tolerance, "\(name): \(value), not \(cell)")
  }
}
