import Autograd
import NN
import Testing

struct StateDictTests {
  private func model() -> Sequential {
    var generator = Generator(seed: 1)
    return Sequential(["fc1": Linear(3, 2, generator: &generator), "norm": BatchNorm1d(2)])
  }

  @Test func parametersAndBuffersHavePyTorchsNamesAndOrder() {
    let names = model().stateDict().map(\.name)
    #expect(
      names == [
        "fc1.weight", "fc1.bias", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var",
        "norm.num_batches_tracked",
      ])
    #expect(model().namedBuffers().map(\.name) == Array(names.suffix(3)))
    #expect(model().parameters().count == 4)
  }

  @Test func loadingCopiesTheValues() throws {
    let (first, second) = (model(), model())
    try noGrad { try first.parameters()[0].fill(0.5) }
    try second.loadStateDict(first.stateDict())
    #expect(second.parameters()[0].array() == [Float](repeating: 0.5, count: 6))
    try noGrad { try first.parameters()[0].fill(2) }
    #expect(second.parameters()[0].array() == [Float](repeating: 0.5, count: 6))
  }

  @Test func missingAndUnexpectedNamesAreBothNamed() throws {
    var state = model().stateDict()
    state[0].name = "fc9.weight"
    let error = #expect(throws: NNError.self) { try model().loadStateDict(state) }
    #expect(
      error?.description
        == "The state does not fit Sequential: missing fc1.weight; unexpected fc9.weight. "
        + "Save it from the same model, or pass strict: false.")
    try model().loadStateDict(state, strict: false)
  }

  @Test func anotherShapeIsRefusedAndNothingChanges() throws {
    let target = model()
    let before = target.parameters()[1].array()
    var state = target.stateDict().map { (name: $0.name, tensor: $0.tensor.copied()) }
    state[1].tensor = try .zeros([2])
    state[0].tensor = try .zeros([2, 4])
    let error = #expect(throws: NNError.self) { try target.loadStateDict(state) }
    #expect(
      error?.description
        == "The state does not fit Sequential: fc1.weight has shape [2, 4], but the model's is [2, 3].")
    #expect(target.parameters()[1].array() == before)
  }
}
