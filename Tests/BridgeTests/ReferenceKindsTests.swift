import Arrays
import Autograd
import Bridge
import NN
import Testing

/// References of the kinds that people save.
struct ReferenceKindsTests {
  private let x: Tensor
  private let first: Tensor
  private let second: Tensor

  init() throws {
    x = try Tensor([[1, 2], [-1, 0.5]] as [[Float]])
    first = try Tensor([[1, 0.5], [-0.25, 2], [0.75, -1]] as [[Float]])
    second = try Tensor([[0.5, -1, 0.25], [3, 0.125, -2]] as [[Float]])
  }

  /// A network of two layers with a function between them, and its outputs.
  private func reference(_ activation: Activation) throws -> [String: Tensor] {
    let outputs = try activation(x.linear(weight: first, bias: nil)).linear(weight: second, bias: nil)
    return ["inputs": x, "a.weight": first, "b.weight": second, "outputs": outputs]
  }

  @Test(arguments: Activation.allCases)
  func theOutputsShowTheActivation(activation: Activation) throws {
    let report = try ReferenceVerification.run(reference(activation))
    #expect(report.passed && report.activation == activation.rawValue && !report.isActivationAssumed)
  }

  @Test(arguments: ["tanh", "Tanh", "nn.Tanh()", "torch.nn.Tanh"])
  func metadataNameTheActivation(name: String) throws {
    let report = try ReferenceVerification.run(Reference(reference(.tanh), metadata: ["activation": name]))
    #expect(report.passed && report.activation == "tanh")
    #expect(throws: BridgeError.activation("ELU")) {
      try ReferenceVerification.run(Reference(reference(.tanh), metadata: ["activation": "ELU"]))
    }
  }

  @Test func anActivationThatIsAssumedIsSaid() throws {
    var changed = try reference(.relu)
    changed["outputs"] = try Tensor([[9, 9], [9, 9]] as [[Float]])
    let report = try ReferenceVerification.run(changed)
    #expect(!report.passed && report.isActivationAssumed && report.activation == "relu")
  }

  @Test func imagesAreFlattenedAfterTheBatch() throws {
    var images = try reference(.relu)
    images["inputs"] = try x.reshape(2, 1, 2, 1)
    #expect(try ReferenceVerification.run(images).passed)
  }

  @Test func numbersOf16BitsAreJudgedAsSuch() throws {
    var coarse = try reference(.relu)
    let outputs = try #require(coarse["outputs"])
    coarse["outputs"] = try outputs * 1.003
    #expect(try !ReferenceVerification.run(coarse).passed)
    let report = try ReferenceVerification.run(Reference(coarse, types: ["outputs": .bfloat16]))
    #expect(report.passed && report.rows.first?.precision == .bfloat16)
    coarse["outputs"] = try outputs * 1.1
    #expect(try !ReferenceVerification.run(Reference(coarse, types: ["outputs": .bfloat16])).passed)
  }

  @Test func whatIsNotComparedIsSaid() throws {
    let report = try ReferenceVerification.run(reference(.relu))
    #expect(!report.hasLabels)
    #expect(report.notCompared == ["loss", "gradient of a.weight", "gradient of b.weight"])
  }

  @Test func tensorsThatAreNotNeededAreNoHindrance() throws {
    var more = try reference(.relu)
    more["ema.a.weight"] = try first * 2
    more["ema.b.weight"] = try second * 2
    let report = try ReferenceVerification.run(Reference(more, unread: ["scale": "F8_E4M3"]))
    #expect(report.passed && report.layers == ["a", "b"])
    #expect(report.unused == ["ema.a.weight", "ema.b.weight", "scale"])
  }

  @Test func aNeededTensorOfAnUnknownTypeIsNamed() throws {
    var less = try reference(.relu)
    less["b.weight"] = nil
    #expect(throws: BridgeError.elementType(name: "b.weight", got: "F8_E4M3")) {
      try ReferenceVerification.run(Reference(less, unread: ["b.weight": "F8_E4M3"]))
    }
  }

  @Test func layersThatCannotBeComputedAreNamed() throws {
    func kind(_ key: String, _ shape: Shape, _ other: String? = nil) throws -> BridgeError.OtherLayer? {
      var tensors = try reference(.relu)
      tensors["outputs"] = try Tensor([[9, 9], [9, 9]] as [[Float]])
      tensors[key] = try .zeros(shape)
      if let other { tensors[other] = try .zeros([3]) }
      let error = #expect(throws: BridgeError.self) { try ReferenceVerification.run(tensors) }
      guard case .layer(_, key, shape, let kind) = error else { return nil }
      return kind
    }
    #expect(try kind("c.weight", [8, 1, 3, 3]) == .convolution)
    #expect(try kind("n.weight", [3], "n.running_mean") == .batchNorm)
    #expect(try kind("n.weight", [3]) == .normalization)
    #expect(try kind("l.weight_ih_l0", [8, 2]) == .recurrent)
  }

  @Test func aLabelOfNoOutputIsNamed() throws {
    var labelled = try reference(.relu)
    labelled["labels"] = Tensor([0, 2] as [Int])
    #expect(throws: BridgeError.labelAbove(row: 1, value: 2, classes: 2)) {
      try ReferenceVerification.run(labelled)
    }
  }
}
