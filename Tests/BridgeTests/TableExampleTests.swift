import Bridge
import Testing

/// The rows of the tables, tried by hand and by the engine.
struct TableExampleTests {
  static let rows =
    "array zeros ones randn shape reshape transpose matmul multiply sum mean max argmax cat stack exp log relu sigmoid tanh softmax "
    + "from_numpy to_numpy item init_weight init_bias linear backward update cache autograd module optimizer gpu dataloader losses"

  private func check(_ trial: TableExample, tolerance: Double = 1e-6) {
    #expect(trial.byHand.shape == trial.engine.shape)
    #expect(trial.byHand.values.count == trial.engine.values.count)
    for (hand, engine) in zip(trial.byHand.values, trial.engine.values) {
      #expect(abs(hand - engine) <= tolerance * max(1, abs(hand)))
    }
  }

  @Test(arguments: rows.split(separator: " ").map(String.init))
  func bothGiveTheSame(row: String) throws { check(try #require(try TableExample(row))) }

  @Test(arguments: rows.split(separator: " ").map(String.init))
  func aRowThatTakesAnotherTensorGivesTheSameOnIt(row: String) throws {
    let other = Operand(
      name: "fc1.linear", shape: [5, 7], values: (0..<35).map { Double(Float($0 % 11) * 0.25 + 0.125) })
    guard let trial = try TableExample(row, on: other) else { return }
    #expect(trial.operands.first == other)
    check(trial)
  }

  @Test func softmaxIsThatOfTheNumbersShown() throws {
    let trial = try #require(
      try TableExample("softmax", on: Operand(name: "z", shape: [1, 2], values: [0, 0])))
    #expect(trial.engine.values == [0.5, 0.5])
  }

  @Test func thereIsNothingToTryInARowThatThereIsNot() throws {
    #expect(try TableExample("no such row") == nil)
  }

  @Test func aTensorOfAnotherRankIsNotTaken() throws {
    #expect(try TableExample("relu", on: Operand(name: "b", shape: [3], values: [1, 2, 3])) == nil)
    #expect(try TableExample("zeros", on: Operand(name: "x", shape: [1, 1], values: [1])) == nil)
  }
}
