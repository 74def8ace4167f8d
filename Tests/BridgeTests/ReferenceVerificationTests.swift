import Autograd
import Bridge
import Testing

struct ReferenceVerificationTests {
  // torch.manual_seed(0); m = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 2))
  // x = torch.tensor([[1., 2.], [-1., 0.5]]); y = torch.tensor([0, 1])
  // out = m(x); loss = F.cross_entropy(out, y); loss.backward()
  private func reference() throws -> [String: Tensor] {
    try [
      "labels": Tensor([0, 1] as [Int]),
      "inputs": Tensor([1, 2, -1, 0.5] as [Float], shape: [2, 2]),
      "outputs": Tensor([0.129330665, -0.190056399, -0.139486149, -0.281423211] as [Float], shape: [2, 2]),
      "loss": Tensor([0.656391382] as [Float], shape: []),
      "0.weight": Tensor(
        [-0.00529398117, 0.379322886, -0.581980765, -0.520387471, -0.272345245, 0.18961589] as [Float],
        shape: [3, 2]),
      "0.weight.grad": Tensor(
        [-0.336764872, -0.202125072, -0.0556536503, 0.0278268252, -0.0595313571, -0.035730511] as [Float],
        shape: [3, 2]),
      "0.bias": Tensor([-0.0140100336, 0.560657501, -0.0627515167] as [Float], shape: [3]),
      "0.bias.grad": Tensor([0.0403588563, 0.0556536503, 0.00713440403] as [Float], shape: [3]),
      "2.weight": Tensor(
        [0.152774125, -0.174482793, -0.11348708, -0.551570714, -0.382368743, -0.237997115] as [Float],
        shape: [2, 3]),
      "2.weight.grad": Tensor(
        [-0.107125469, 0.236241341, 0.072205551, 0.107125469, -0.236241341, -0.072205551] as [Float],
        shape: [2, 3]),
      "2.bias": Tensor([0.0213871151, 0.228246883] as [Float], shape: [2]),
      "2.bias.grad": Tensor([0.0572998524, -0.0572998524] as [Float], shape: [2]),
    ]
  }

  @Test func aReferenceThatPyTorchMadePasses() throws {
    let report = try ReferenceVerification.run(reference())
    #expect(
      report.rows.map(\.quantity) == [
        "outputs", "loss", "gradient of 0.weight", "gradient of 0.bias", "gradient of 2.weight",
        "gradient of 2.bias",
      ])
    #expect(report.passed)
  }

  @Test func aChangedGradientIsTheRowNamed() throws {
    var changed = try reference()
    changed["2.bias.grad"] = Tensor([0.5, 0.5])
    let report = try ReferenceVerification.run(changed)
    #expect(report.firstFailure?.quantity == "gradient of 2.bias")
  }

  @Test func layersAreFoundByTheirShapes() throws {
    var renamed: [String: Tensor] = [:]
    for (key, value) in try reference() {
      // In the order of their names, or of the digits in them, they would not fit together.
      let name = key.replacing("0.", with: "zz9_in.").replacing("2.", with: "a1_out.")
      renamed[name] = value
    }
    let report = try ReferenceVerification.run(renamed)
    #expect(report.passed && report.layers == ["zz9_in", "a1_out"])
  }

  @Test func ofLayersThatFitInSeveralOrdersTheOneThatGivesTheOutputsIsTaken() throws {
    let x = try Tensor([1, 2, -1, 0.5] as [Float], shape: [2, 2])
    let a = try Tensor([1, 0.5, -0.25, 2] as [Float], shape: [2, 2])
    let b = try Tensor([0.5, -1, 3, 0.125] as [Float], shape: [2, 2])
    let c = try Tensor([-1, 1, 0.5, 0.75] as [Float], shape: [2, 2])
    let outputs = try x.linear(weight: c, bias: nil).relu().linear(weight: a, bias: nil).relu()
      .linear(weight: b, bias: nil)
    let report = try ReferenceVerification.run([
      "inputs": x, "outputs": outputs, "a.weight": a, "b.weight": b, "c.weight": c,
    ])
    #expect(report.passed && report.layers == ["c", "a", "b"])
  }

  @Test func layersThatAllFitAreTakenInTheOrderOfTheNumbersInTheirNames() throws {
    var reference: [String: Tensor] = [:]
    var x = try Tensor([1, 2, -1, 0.5] as [Float], shape: [2, 2])
    reference["inputs"] = x
    for layer in 1...11 {
      let weight = try Tensor((0..<4).map { Float(($0 + layer) % 5) / 4 }, shape: [2, 2])
      reference["fc\(layer).weight"] = weight
      x = try x.linear(weight: weight, bias: nil)
      if layer < 11 { x = try x.relu() }
    }
    reference["outputs"] = x
    let report = try ReferenceVerification.run(reference)
    #expect(report.passed && report.layers == (1...11).map { "fc\($0)" })
  }

  @Test func labelsThatAreNoClassesAreNamed() throws {
    var changed = try reference()
    changed["labels"] = Tensor([0, 1.5])
    #expect(throws: BridgeError.label(row: 1, value: 1.5)) { try ReferenceVerification.run(changed) }
    changed["labels"] = Tensor([0, 1, 1] as [Int])
    #expect(throws: BridgeError.shape(name: "labels", got: [3], expected: [2])) {
      try ReferenceVerification.run(changed)
    }
  }

  @Test func whatIsMissingIsNamed() throws {
    var changed = try reference()
    changed["inputs"] = nil
    #expect(throws: BridgeError.missing("inputs")) { try ReferenceVerification.run(changed) }
  }

  @Test func layersThatDoNotFitTogetherAreNamed() throws {
    var changed = try reference()
    changed["2.weight"] = try .zeros([2, 5])
    let error = #expect(throws: BridgeError.self) { try ReferenceVerification.run(changed) }
    #expect(
      error?.description
        == "The reference's 2.weight has shape [2, 5], but its other tensors require [2, 3]. "
        + "Save all of them from one network, at one step.")
  }
}
