import Autograd
import Testing

/// What may be set on a leaf by hand, as PyTorch 2.15 has it.
struct LeafTests {
  // x.grad = torch.tensor([1., 2.], dtype=torch.float64)  → attempting to assign a gradient with dtype 'double'
  @Test func aGradientOfAnotherTypeIsNotAddedTo() throws {
    let x = Tensor([1.0, 2], requiresGrad: true)
    for dtype in [DType.float64, .int64, .bool] {
      x.grad = try Tensor.ones([2], dtype: dtype)
      let error = #expect(throws: AutogradError.self) { try (x * 2).sum().backward() }
      #expect(
        error?.description
          == "backward() found a grad of \(dtype.rawValue) and shape [2] on a tensor of float32 and shape [2]. "
          + "Set grad to a tensor of the same type and shape.")
    }
    #expect(throws: AutogradError.self) { try x.backward(gradient: Tensor([1.0, 1])) }
    x.grad = Tensor([3.0, 4])
    try (x * 2).sum().backward()
    #expect(x.grad?.array() == [5, 6])
  }

  // x.grad = torch.tensor([1.])  → attempting to assign a gradient of size '[1]' to a tensor of size '[2]'
  @Test func aGradientOfAnotherShapeIsNotAddedTo() throws {
    let x = Tensor([1.0, 2], requiresGrad: true)
    for other in [Tensor([1.0]), Tensor([1.0, 2, 3]), try Tensor.ones([1, 2])] {
      x.grad = other
      #expect(
        throws: AutogradError.foreignGradient(
          user: "backward()", got: other.shape, dtype: .float32, expected: [2], expectedType: .float32)
      ) { try (x * 2).sum().backward() }
    }
  }

  // y = x * 2; y.requires_grad_(False)  → you can only change requires_grad flags of leaf variables
  @Test func aGradientGoesThroughAResultWhateverIsAskedOfIt() throws {
    let x = Tensor([1.0], requiresGrad: true)
    let y = try x * 2.0
    #expect(y.requiringGrad(false) === y && y.requiresGrad)
    try (y * 3.0 + x).sum().backward()
    #expect(x.grad?.array() == [7])
    #expect(!x.requiringGrad(false).requiresGrad)
    let free = try noGrad { try x * 2.0 }
    #expect(free.requiringGrad().requiresGrad && y.detach().requiringGrad(false).requiresGrad == false)
  }
}
