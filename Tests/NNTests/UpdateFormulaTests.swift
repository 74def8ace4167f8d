import Autograd
import NN
import Testing

struct UpdateFormulaTests {
  /// Every optimizer with each of its settings in use.
  static let optimizers: [@Sendable ([Optimizer.NamedParameter]) -> any Optimizer] = [
    { SGD($0, learningRate: 0.1) },
    { SGD($0, learningRate: 0.1, momentum: 0.9, weightDecay: 0.01) },
    { SGD($0, learningRate: 0.1, momentum: 0.9, nesterov: true) },
    { Adam($0, learningRate: 0.1, weightDecay: 0.1) },
    { AdamW($0, learningRate: 0.1, weightDecay: 0.1) },
    { RMSprop($0, learningRate: 0.1, momentum: 0.9, weightDecay: 0.1, centered: true) },
  ]

  @Test(arguments: 0..<6) func theLastLineEndsInTheValueThatTheStepGives(_ kind: Int) throws {
    let parameter = try Tensor([Double(0.5), -0.25], shape: [2], requiresGrad: true)
    let optimizer = UpdateFormulaTests.optimizers[kind]([("w", parameter)])
    for step in 1...3 {
      parameter.grad = try Tensor([0.3 * Double(step), -0.1], shape: [2])
      for cell in 0..<2 {
        let gradient = try #require(parameter.grad).array(Double.self)[cell]
        let memory = optimizer.state.map { name, tensor in
          (String(name.dropFirst(2)), tensor.array(Double.self)[tensor.rank == 0 ? 0 : cell])
        }
        let lines = optimizer.formula(
          for: ParameterCell(
            value: parameter.array(Double.self)[cell], gradient: gradient,
            memory: Dictionary(uniqueKeysWithValues: memory)))
        let text = try #require(lines.last?.split(separator: "=").last).replacing("−", with: "-")
        let said = try #require(Double(String(text.filter { $0 != " " })))
        let copy = parameter.copied()
        let after = try stepped(optimizer, parameter)[cell]
        try noGrad { try parameter.copy(from: copy) }
        #expect(abs(said - after) <= 1e-3 * abs(after), "\(lines)")
      }
      try optimizer.step()
    }
  }

  /// What a step would give, with the optimizer as it was before.
  private func stepped(_ optimizer: any Optimizer, _ parameter: Tensor) throws -> [Double] {
    let memory = optimizer.state.map { ($0.name, $0.tensor.copied()) }
    try optimizer.step()
    let values = parameter.array(Double.self)
    try optimizer.loadState(memory)
    return values
  }
}
